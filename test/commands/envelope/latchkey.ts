import fs from 'node:fs';
import path from 'node:path';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

type Given = Parameters<typeof terminalForTests>[0];

/** A folder with a vault, and the program in it. */
export function roomForTests() {
  const { place, environment, remove } = makePlace();
  const at = (...names: string[]) => path.join(place, ...names);
  return {
    at,
    environment,
    remove,
    async latchkey(argv: string[], given: Given = {}) {
      const terminal = terminalForTests(given);
      const exit = await run(argv, terminal, { ...environment, LATCHKEY_VAULT: '1' });
      return { exit, said: terminal.said, bytes: terminal.bytes, stdout: terminal.stdout, statuses: terminal.statuses };
    },
    /** Makes files by their names, in folders that are made, too. */
    write(files: Record<string, string | Uint8Array>) {
      for (const [name, content] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(at(name)), { recursive: true });
        fs.writeFileSync(at(name), content);
      }
    },
    /** The names of all files below a folder. */
    names: (folder: string) =>
      (fs.readdirSync(at(folder), { recursive: true, withFileTypes: true }) as fs.Dirent[])
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(at(folder), path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .sort(),
    read: (...names: string[]) => fs.readFileSync(at(...names), 'utf8'),
  };
}

export const modeOf = (file: string): number => fs.statSync(file).mode & 0o777;
