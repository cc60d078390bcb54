import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

/** A vault of a test's own, and the program over it. */
export async function newVault() {
  const { place, environment, remove } = makePlace();
  const latchkey = async (argv: string[], given: Parameters<typeof terminalForTests>[0] = {}) => {
    const terminal = terminalForTests(given);
    const exit = await run(argv, terminal, { ...environment, LATCHKEY_VAULT: '1' });
    return { exit, said: terminal.said, bytes: Buffer.from(terminal.bytes), stdout: terminal.stdout };
  };
  await latchkey(['vault', 'init']);
  return { place, latchkey, remove };
}
