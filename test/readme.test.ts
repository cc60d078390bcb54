import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isLike } from './helpers/script.ts';
import { openTerminal, tmuxIsInstalled } from './helpers/tmux.ts';

const root = path.join(import.meta.dirname, '..');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
/** The sessions that are played from their beginning; others show what somebody's own data would print. */
const sessions = [...readme.matchAll(/```console\n([^`]*)```/g)]
  .map(([, text]) => text!.trimEnd().split('\n'))
  .filter(([first]) => /init|keygen/.test(first!));

/** What another run prints otherwise: the home folder, ids, and the six characters behind a secret's ARN. */
const expected = (line: string, home: string) =>
  line
    .replace('/home/you', home)
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '[uuid]')
    .replace(/(secret:prod\/db)-\w{6}$/, '$1-[any]')
    .replace(/(aes|rsa)-[0-9a-f]{16}$/, '$1-[any]');

it.skipIf(!tmuxIsInstalled).each(sessions.map((session) => [session[0]!, session] as const))(
  'a session of the README works as printed (skipped where tmux is not installed): %s',
  async (_, session) => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rd-'));
    const bin = path.join(home, 'bin');
    fs.mkdirSync(bin);
    const program = `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'bin/latchkey.cjs')}' "$@"\n`;
    fs.writeFileSync(path.join(bin, 'latchkey'), program, { mode: 0o755 });
    const environment = { HOME: home, PATH: `${bin}:${process.env.PATH}`, PS1: '$ ', TERM: 'screen' };
    const terminal = openTerminal(environment, 100, home);
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
