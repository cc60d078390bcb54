import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isLike } from './helpers/script.ts';
import { openTerminal, tmuxIsInstalled } from './helpers/tmux.ts';

const root = path.join(import.meta.dirname, '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const session = /```console\n([^`]*)```/.exec(readme)![1]!.trimEnd().split('\n');

/** What another run prints otherwise: the home folder, ids, and the six characters behind a secret's ARN. */
const expected = (line: string, home: string) =>
  line
    .replace('/home/you', home)
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '[uuid]')
    .replace(/(secret:prod\/db)-\w{6}$/, '$1-[any]');

it.skipIf(!tmuxIsInstalled)(
  "README's opening session works as printed (skipped where tmux is not installed)",
  async () => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rd-'));
    const bin = path.join(home, 'bin');
    fs.mkdirSync(bin);
    const program = `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'bin/latchkey.cjs')}' "$@"\n`;
    fs.writeFileSync(path.join(bin, 'latchkey'), program, { mode: 0o755 });
    const terminal = openTerminal({ HOME: home, PATH: `${bin}:${process.env.PATH}`, PS1: '$ ', TERM: 'screen' });
    try {
      await terminal.shows(/[$#] ?$/);
      let screen = '';
      for (const [index, line] of session.entries()) {
        if (!line.startsWith('$ ')) continue;
        terminal.type(line.slice(2));
        const next = session.findIndex((other, at) => at > index && other.startsWith('$ '));
        const lines = (next < 0 ? session.length : next) + 1;
        screen = await terminal.shows({
          test: (seen) => seen.trimEnd().split('\n').length >= lines && /[$#] ?$/.test(seen),
        });
      }
      const seen = screen.split('\n').map((line) => line.replace(/^# /, '$ '));
      for (const [index, line] of session.entries()) {
        const wanted = expected(line, home);
        expect(isLike(wanted, seen[index] ?? '') ? wanted : seen[index]).toBe(wanted);
      }
    } finally {
      terminal.close();
      fs.rmSync(home, { recursive: true, force: true });
    }
  },
);
