import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

export const tmuxIsInstalled = spawnSync('tmux', ['-V']).status === 0;

/** A shell in a terminal of its own, 100 columns wide and in our own folder where nothing else is said. `close` ends it and all that runs in it. */
export function openTerminal(environment: Record<string, string>, columns = 100, folder = process.cwd()) {
  const socket = `latchkey-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', env: environment });
  tmux('new-session', '-d', '-c', folder, '-x', String(columns), '-y', '30', 'sh');

  const screen = () => tmux('capture-pane', '-p').trimEnd();

  return {
    /** Types a line, and Enter. */
    type: (line: string) => tmux('send-keys', '-l', `${line}\n`),
    /** Presses a key by tmux's name for it: `C-c`. */
    press: (key: string) => tmux('send-keys', key),
    /** The screen, once `text` is on it. Rejects with the screen when it does not come. */
    async shows(text: string | Pick<RegExp, 'test'>, seconds = 10): Promise<string> {
      const end = Date.now() + seconds * 1000;
      while (Date.now() < end) {
        const seen = screen();
        if (typeof text === 'string' ? seen.includes(text) : text.test(seen)) return seen;
        await wait(50);
      }
      throw new Error(`"${text}" did not come; the screen is:\n${screen()}`);
    },
    /** What is on the screen with its colours, as escape sequences. */
    colours: () => tmux('capture-pane', '-p', '-e'),
    close: () => tmux('kill-server'),
  };
}
