/** Resolves when somebody asks the process to stop: Ctrl-C, SIGTERM, or a terminal that goes away. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/**
 * Node opens a debugger at SIGUSR1, which would hand the vault's key to whoever connects to it. A listener of our own
 * takes its place.
 */
export function ignoreDebugger(): void {
  if (process.platform !== 'win32') process.on('SIGUSR1', () => {});
}
