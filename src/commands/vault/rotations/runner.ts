import { explain } from '../../../aws/errors.ts';
import { UserError } from '../../../errors.ts';
import type { Waiting } from '../../../vault/secretsmanager/waiting.ts';
import { type Works, workOff } from './work-off.ts';

export interface Runner {
  /** Looks for what waits, and begins it; what it has begun goes on. */
  wake(): void;
  /** Ends what runs: the next runner takes it up. */
  close(): Promise<void>;
}

/** Milliseconds between two looks: another process may have asked, and time passes. */
const every = 10_000;
/** Milliseconds that a rotation which failed waits before it is tried again, twice as long each time. */
const firstWait = 5000;
const longestWait = 60_000;
const mostAtOnce = 8;

interface Failure {
  readonly wait: number;
  readonly until: number;
  readonly said: string;
}

/** Works off the rotations of a vault as they come, each by itself. */
export function startRunner(works: Omit<Works, 'signal'>): Runner {
  const { terminal } = works.context;
  const stop = new AbortController();
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, Failure>();

  async function look(): Promise<void> {
    for (const waiting of await works.vault.waitingRotations()) {
      const isFree = !running.has(waiting.arn) && performance.now() >= (failures.get(waiting.arn)?.until ?? 0);
      if (!isFree || running.size >= mostAtOnce || stop.signal.aborted) continue;
      running.set(waiting.arn, rotate(waiting));
    }
  }

  async function rotate(waiting: Waiting): Promise<void> {
    try {
      await workOff({ ...works, signal: stop.signal }, waiting);
      failures.delete(waiting.arn);
      terminal.remark(`rotated "${waiting.name}"`);
    } catch (error) {
      if (!stop.signal.aborted) failed(waiting, error as Error);
    } finally {
      running.delete(waiting.arn);
    }
    wake(); // somebody may have waited for its place
  }

  /** What goes wrong in the same way again is said once. */
  function failed({ arn, name }: Waiting, error: Error): void {
    const before = failures.get(arn);
    const wait = before ? Math.min(before.wait * 2, longestWait) : firstWait;
    const { said, hints } = inWords(error);
    failures.set(arn, { wait, until: performance.now() + wait, said });
    if (before?.said === said) return;
    terminal.say(`latchkey: error: "${name}" was not rotated: ${said}`);
    for (const hint of hints) terminal.say(`latchkey: hint: ${hint}`);
  }

  function wake(): void {
    if (!stop.signal.aborted) look().catch((error) => terminal.say(`latchkey: error: ${inWords(error).said}`));
  }

  const timer = setInterval(wake, every).unref();
  wake();
  return {
    wake,
    async close() {
      clearInterval(timer);
      stop.abort();
      await Promise.all(running.values());
    },
  };
}

/** In our words where there are any: an error that nobody foresaw could hold a value. */
function inWords(error: Error): { said: string; hints: string[] } {
  const known = error instanceof UserError ? error : explain(error);
  return { said: known?.message ?? error.name, hints: known?.hints ?? [] };
}
