import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { makePlace } from '../helpers/play.ts';
import { terminalForTests } from '../helpers/terminal.ts';
import { openTerminal, tmuxIsInstalled } from '../helpers/tmux.ts';

const program = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
const description = 'Credentials of the PostgreSQL database that all of production stands on';

/** A colour of foreground or background that is fixed. */
const coloured = /\p{Cc}\[(?:[0-9;]*;)?(?:3[0-8]|9[0-7]|4[0-8]|10[0-7])[;m]/u;

describe.skipIf(!tmuxIsInstalled)('in a terminal (skipped without tmux)', () => {
  let place: ReturnType<typeof makePlace>;
  let environment: Record<string, string>;
  let terminal: ReturnType<typeof openTerminal> | undefined;
  beforeAll(async () => {
    place = makePlace();
    environment = { ...place.environment, LATCHKEY_VAULT: '1', TERM: 'xterm-256color', PS1: '$ ' };
    const latchkey = (argv: string[]) => run(argv, terminalForTests({ stdin: Buffer.from('x') }), environment);
    await latchkey(['vault', 'init']);
    await latchkey(['secret', 'create', 'prod/service/database-credentials', '--description', description]);
    const bin = path.join(place.place, 'bin');
    fs.mkdirSync(bin);
    fs.writeFileSync(path.join(bin, 'latchkey'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, {
      mode: 0o755,
    });
    environment.PATH = `${bin}:${environment.PATH}`;
  });
  afterEach(() => terminal?.close());
  afterAll(() => place.remove());

  async function show(columns: number, more: Record<string, string> = {}) {
    terminal = openTerminal({ ...environment, ...more }, columns);
    await terminal.shows(/[$#] ?$/);
    terminal.type('latchkey secret list; echo "done $?"');
    const screen = await terminal.shows(/^done \d/m);
    return { lines: screen.split('\n').slice(1), colours: terminal.colours() };
  }

  test('80 columns: a line for each, cut where it is widest, never in its name', async () => {
    const { lines } = await show(80);
    expect(lines[0]).toMatch(/^Name +Description +LastChangedDate$/);
    expect(lines[1]).toMatch(/^prod\/service\/database-credentials {2}Credentials of.*… {2}\d{4}-\d\d-\d\dT/);
    expect(lines[2]).toBe('done 0');
  });

  test('200 columns: all of it', async () => {
    const { lines } = await show(200);
    expect(lines[1]).toContain(description);
  });

  test('headings are bold, in the colours of the terminal itself: they can be read on any background', async () => {
    const { colours } = await show(100);
    expect(colours).toContain('\x1b[1mName');
    expect(colours).not.toMatch(coloured);
  });

  test('a plan, a question and an error have no colours at all, whatever the names in them say', async () => {
    terminal = openTerminal(environment, 100);
    await terminal.shows(/[$#] ?$/);
    terminal.type('latchkey secret delete prod/service/database-credentials; echo "done $?"');
    await terminal.shows('[y/N]');
    terminal.type('n');
    await terminal.shows(/^done 0/m);
    terminal.type(`latchkey secret get nowhere "$(printf 'no\\n\\033[31mred')"; echo "done $?"`);
    await terminal.shows(/^done 2/m);
    terminal.type(`latchkey secret set db --key "$(printf 'no\\n\\033[31mred')"; echo "done $?"`);
    await terminal.shows(/^New value of "no\\x0a\\x1b\[31mred" in secret "db":/m);
    expect(terminal.colours()).not.toMatch(coloured);
    terminal.press('C-c');
    await terminal.shows(/^done 130/m);
  });

  test.each([{ NO_COLOR: '1' }])('no bold with %j', async (more) => {
    expect((await show(100, more)).colours).not.toContain('\x1b[1m');
  });

  test('CI changes nothing that is data', async () => {
    const { lines } = await show(80, { CI: 'true' });
    expect(lines[0]).toMatch(/^Name +Description +LastChangedDate$/);
    expect(lines[2]).toBe('done 0');
  });
});
