import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';
import { openTerminal, tmuxIsInstalled } from '../../helpers/tmux.ts';

const { place, environment, remove } = makePlace();
afterAll(remove);

const runtime = path.join(place, 'run');
fs.mkdirSync(runtime);
const everywhere = { ...environment, LATCHKEY_VAULT: `${place}/vault.db`, XDG_RUNTIME_DIR: runtime };
const script = path.join(place, 'editor.cjs');

interface Given {
  stdin?: string;
  tty?: boolean;
  answers?: string[];
}

async function type(argv: string[], given: Given = {}) {
  const terminal = terminalForTests(given);
  const exit = await run(argv, terminal, { ...everywhere, EDITOR: `${process.execPath} ${script}` });
  return { exit, stdout: terminal.stdout, said: terminal.said };
}

/** `secret edit` with an editor that does this to `text`. */
function edit(argv: string[], statements: string, given?: Given) {
  fs.writeFileSync(
    script,
    `const fs = require('node:fs');
     let text = fs.readFileSync(process.argv[2], 'utf8');
     ${statements}
     fs.writeFileSync(process.argv[2], text);`,
  );
  return type(['secret', 'edit', ...argv], given);
}

const get = async (name: string) => (await type(['secret', 'get', name])).stdout;
const put = (name: string, stdin: string) => type(['secret', 'put', name], { stdin });
const versions = async () =>
  (await type(['secret', 'versions', 'db', '--include-deprecated', '--query', 'length(@)'])).stdout.trim();

const json = '{"user": "app", "port": 5432, "big": 12345678901234567890}';
beforeEach(async () => {
  await type(['vault', 'destroy', '--yes', '--with-key']);
  await type(['vault', 'init']);
  await type(['secret', 'create', 'db'], { stdin: json });
  return () => expect(fs.readdirSync(runtime)).toEqual([]);
});

it('stores what the editor leaves, all else to the letter, and prints the version', async () => {
  const done = await edit(['db'], `text = text.replace('app', 'web');`, { tty: true });
  expect(done).toMatchObject({ exit: 0, said: ['stored a new version of secret "db"'] });
  expect(done.stdout).toMatch(/^[0-9a-f-]{36}\n$/);
  expect(await get('db')).toBe(json.replace('app', 'web'));
  expect(await get('db:AWSPREVIOUS')).toBe(json);
});

it('stores nothing where nothing was changed', async () => {
  expect(await edit(['db'], `text += '\\n';`, { tty: true })).toEqual({
    ...{ exit: 0, stdout: '', said: ['nothing was changed'] },
  });
  expect(await versions()).toBe('1');
});

it('edits one key, which keeps its type', async () => {
  expect((await edit(['db#port'], `text = '6543';`)).exit).toBe(0);
  expect(await get('db')).toBe(json.replace('5432', '6543'));
});

it('opens broken JSON again, and stores none', async () => {
  const statements = `text = text.endsWith('}') ? text.slice(0, -1) : '{}';`;
  const asked = await edit(['db'], statements, { tty: true, answers: ['y'] });
  expect(asked.said).toEqual([expect.stringContaining('Edit it again?'), 'stored a new version of secret "db"']);
  expect(await get('db')).toBe('{}');
  expect(await edit(['db'], `text = 'no';`)).toMatchObject({ exit: 2 });
  expect(await get('db')).toBe('{}');
});

it('overwrites nobody who was faster', async () => {
  const start = JSON.stringify(path.join(place, 'opened'));
  const editing = edit(['db'], `fs.writeFileSync(${start}, ''); while (fs.existsSync(${start})) {} text += ' ';`);
  await expect.poll(() => fs.existsSync(path.join(place, 'opened'))).toBe(true);
  await put('db', 'theirs');
  fs.rmSync(path.join(place, 'opened'));
  const lost = await editing;
  expect(lost).toMatchObject({ exit: 5, stdout: '' });
  expect(lost.said[0]).toContain('has moved on');
  expect(await get('db')).toBe('theirs');
});

it('at a terminal, what was typed is not lost with the race', async () => {
  const start = path.join(place, 'opened');
  const statements = `
    const theirs = process.argv[2].replace('value', 'theirs');
    if (fs.existsSync(theirs)) text = text + ' and ' + fs.readFileSync(theirs, 'utf8');
    else {
      fs.writeFileSync(${JSON.stringify(start)}, '');
      while (fs.existsSync(${JSON.stringify(start)})) {}
      text = '{"mine": 1}';
    }`;
  const editing = edit(['db'], statements, { tty: true, answers: ['y'] });
  await expect.poll(() => fs.existsSync(start)).toBe(true);
  await put('db', 'theirs');
  fs.rmSync(start);
  const done = await editing;
  expect(done).toMatchObject({ exit: 0, said: [expect.stringContaining('has moved on'), expect.any(String)] });
  expect(await get('db')).toBe('{"mine": 1} and theirs');
  expect(await get('db:AWSPREVIOUS')).toBe('theirs');
});

it('at a terminal, opens again what is too long', async () => {
  const statements = `text = text.length > 65536 ? text.slice(0, 10) : 'x'.repeat(65537);`;
  await put('db', 'short');
  const done = await edit(['db'], statements, { tty: true, answers: ['y'] });
  expect(done.said[0]).toBe('the value is 65,537 bytes, and a secret holds at most 65,536. Edit it again?');
  expect(await get('db')).toBe('x'.repeat(10));
  expect(await edit(['db'], statements)).toMatchObject({ exit: 2 });
});

it.each([
  ['an older version', ['db:AWSPREVIOUS'], 2],
  ['a secret that is not there', ['nowhere'], 3],
  ['a key that is not there', ['db#nothing'], 3],
])('opens no editor for %s', async (_, argv, exit) => {
  expect((await edit(argv, `fs.writeFileSync(${JSON.stringify(path.join(place, 'ran'))}, '');`)).exit).toBe(exit);
  expect(fs.existsSync(path.join(place, 'ran'))).toBe(false);
});

it('refuses binary, and an editor that fails', async () => {
  await type(['secret', 'put', 'db', '--binary'], { stdin: 'x' });
  expect(await edit(['db'], '')).toMatchObject({
    exit: 2,
    said: [expect.stringContaining('secret "db" is binary'), expect.stringContaining('--value-file FILE')],
  });
  await put('db', 'text');
  expect(await edit(['db'], `text = 'other'; process.exit(1);`)).toMatchObject({ exit: 130 });
  expect(await get('db')).toBe('text');
});

const root = path.join(import.meta.dirname, '../../..');
const isBuilt = fs.existsSync(path.join(root, 'dist/start.cjs'));
const latchkey = `'${process.execPath}' '${path.join(root, 'bin/latchkey.cjs')}'`;

describe.skipIf(!tmuxIsInstalled || !isBuilt)('at a real terminal (skipped without tmux or dist)', () => {
  let terminal: ReturnType<typeof openTerminal>;
  beforeEach(() => {
    terminal = openTerminal({ ...everywhere, TERM: 'screen', PS1: '$ ' });
    return () => terminal.close();
  });

  it('asks about broken JSON; Ctrl-C there changes nothing and leaves nothing', async () => {
    fs.writeFileSync(script, `require('node:fs').writeFileSync(process.argv[2], '{"a": hunter2');`);
    terminal.type(`EDITOR='${process.execPath} ${script}' ${latchkey} secret edit db`);
    await terminal.shows('Edit it again?');
    expect(fs.readdirSync(runtime)).toEqual([]);
    terminal.press('C-c');
    terminal.type('echo "exit=$?"');
    const screen = await terminal.shows('exit=130');
    expect(screen).not.toContain('hunter2');
    expect(await get('db')).toBe(json);
  });

  it('Ctrl-C in an editor that it ends leaves nothing behind', async () => {
    fs.writeFileSync(script, `console.log('editing'); setInterval(() => {}, 1000);`);
    terminal.type(`EDITOR='${process.execPath} ${script}' ${latchkey} secret edit db; echo "exit=$?"`);
    await terminal.shows(/^editing$/m);
    expect(fs.readdirSync(runtime)).toHaveLength(1);
    terminal.press('C-c');
    await terminal.shows('exit=130');
    expect(fs.readdirSync(runtime)).toEqual([]);
  });

  it('Ctrl-C is left to an editor that lives on, and to be written it is', async () => {
    const finish = `setTimeout(() => { require('node:fs').writeFileSync(process.argv[2], '{}'); process.exit(0); }, 300)`;
    fs.writeFileSync(
      script,
      `process.on('SIGINT', () => ${finish}); console.log('editing'); setInterval(() => {}, 1000);`,
    );
    terminal.type(`EDITOR='${process.execPath} ${script}' ${latchkey} secret edit db; echo "exit=$?"`);
    await terminal.shows(/^editing$/m);
    terminal.press('C-c');
    await terminal.shows('exit=0');
    expect(await get('db')).toBe('{}');
  });
});
