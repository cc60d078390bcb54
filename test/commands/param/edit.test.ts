import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const { place, environment, remove } = makePlace();
afterAll(remove);

const runtime = path.join(place, 'run');
fs.mkdirSync(runtime);
const script = path.join(place, 'editor.cjs');
const everywhere = {
  ...{ ...environment, LATCHKEY_VAULT: `${place}/vault.db`, XDG_RUNTIME_DIR: runtime },
  EDITOR: `${process.execPath} ${script}`,
};

async function type(argv: string[], given: { stdin?: string; tty?: boolean; answers?: string[] } = {}) {
  const terminal = terminalForTests(given);
  return { exit: await run(argv, terminal, everywhere), stdout: terminal.stdout, said: terminal.said };
}

/** `param edit` with an editor that does this to `text`. */
function edit(statements: string, given?: { tty?: boolean; answers?: string[] }) {
  fs.writeFileSync(
    script,
    `const fs = require('node:fs');
     let text = fs.readFileSync(process.argv[2], 'utf8');
     ${statements}
     fs.writeFileSync(process.argv[2], text);`,
  );
  return type(['param', 'edit', '/app/a'], given);
}

const get = async (name: string) => (await type(['param', 'get', name])).stdout;

beforeEach(async () => {
  await type(['vault', 'destroy', '--yes', '--with-key']);
  await type(['vault', 'init']);
  await type(['param', 'put', '/app/a'], { stdin: 'one' });
  return () => expect(fs.readdirSync(runtime)).toEqual([]);
});

it('stores what the editor leaves, and prints the version', async () => {
  expect(await edit(`text = 'two\\n';`)).toMatchObject({ exit: 0, stdout: '2\n' });
  expect(await get('/app/a')).toBe('two');
  expect(await edit('')).toMatchObject({ exit: 0, stdout: '' });
});

it('at a terminal, opens again what no tier or not this one holds', async () => {
  const statements = `text = 'x'.repeat({ 3: 9000, 9000: 5000, 5000: 10 }[text.length]);`;
  const done = await edit(statements, { tty: true, answers: ['y', 'y'] });
  expect(done).toMatchObject({ exit: 0, stdout: '2\n' });
  expect(done.said.slice(0, 2)).toEqual([
    'the value has 9000 bytes, and the Advanced tier holds 8192. Edit it again?',
    'the value has 5000 bytes, and the Standard tier holds 4096. Edit it again?',
  ]);
  expect(await get('/app/a')).toBe('x'.repeat(10));
});

it('a lost race is not lost work at a terminal, and an error elsewhere', async () => {
  const start = path.join(place, 'opened');
  const statements = `
    const theirs = process.argv[2].replace('value', 'theirs');
    if (fs.existsSync(theirs)) text = text + ' and ' + fs.readFileSync(theirs, 'utf8');
    else {
      fs.writeFileSync(${JSON.stringify(start)}, '');
      while (fs.existsSync(${JSON.stringify(start)})) {}
      text = 'mine';
    }`;
  const race = async (given: { tty?: boolean; answers?: string[] }) => {
    const editing = edit(statements, given);
    await expect.poll(() => fs.existsSync(start)).toBe(true);
    await type(['param', 'put', '/app/a'], { stdin: 'theirs' });
    fs.rmSync(start);
    return editing;
  };
  expect(await race({ tty: true, answers: ['y'] })).toMatchObject({ exit: 0, stdout: '3\n' });
  expect(await get('/app/a')).toBe('mine and theirs');
  expect(await race({})).toMatchObject({ exit: 5, stdout: '' });
  expect(await get('/app/a')).toBe('theirs');
});
