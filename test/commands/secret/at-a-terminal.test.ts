import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const { place, environment, remove } = makePlace();

/** A command of somebody at a terminal, who types these answers. */
async function type(argv: string[], answers: string[] = []) {
  const terminal = terminalForTests({ tty: true, answers });
  const exit = await run(argv, terminal, { ...environment, LATCHKEY_VAULT: `${place}/vault.db` });
  return { exit, stdout: terminal.stdout, said: terminal.said };
}

beforeAll(async () => void (await type(['vault', 'init'])));
afterAll(remove);

it('asks for a value that is not shown, and remarks what it did', async () => {
  const made = await type(['secret', 'create', 'prod/db'], ['correct horse']);
  expect(made).toMatchObject({ exit: 0, said: ['Value of the new secret "prod/db"', 'created secret "prod/db"'] });
  expect(await type(['secret', 'get', 'prod/db'])).toMatchObject({ exit: 0, stdout: 'correct horse\n', said: [] });
});

it('leaves everything as it was when the prompt is interrupted', async () => {
  expect((await type(['secret', 'put', 'prod/db'])).exit).toBe(130);
  expect((await type(['secret', 'create', 'prod/new'])).exit).toBe(130);
  expect((await type(['secret', 'get', 'prod/db'])).stdout).toBe('correct horse\n');
  expect((await type(['secret', 'get', 'prod/new'])).exit).toBe(3);
});

it('lists as a table, with what could move the cursor made visible', async () => {
  await type(['secret', 'create', 'prod/odd', '--description', 'a\u001b[2Jb'], ['x']);
  const { stdout } = await type(['secret', 'list', '--filter', 'name=prod/odd']);
  const [head, row] = stripVTControlCharacters(stdout).split('\n');
  expect(head).toMatch(/Name +Description +LastChangedDate/);
  expect(row).toMatch(/^prod\/odd +a\\x1b\[2Jb/);
});

it('deletes only after a yes', async () => {
  const no = await type(['secret', 'delete', 'prod/db'], ['n']);
  expect(no.said.at(-1)).toBe('Delete secret "prod/db"?');
  expect((await type(['secret', 'get', 'prod/db'])).exit).toBe(0);
  const yes = await type(['secret', 'delete', 'prod/db', '--recovery-days', '7'], ['y']);
  expect(yes.said.at(-1)).toMatch(/^secret "prod\/db" goes on \d{4}-\d\d-\d\d; bring it back with/);
  expect((await type(['secret', 'get', 'prod/db'])).exit).toBe(5);
});

it('says how a snippet reads the vault', async () => {
  const { said } = await type(['secret', 'snippet', 'vault:prod/db', '--lang', 'shell']);
  expect(said).toEqual(['to read the vault, run it with "latchkey vault serve --exec -- COMMAND"']);
});
