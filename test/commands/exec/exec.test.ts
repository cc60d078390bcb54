import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const key = Buffer.alloc(32, 7).toString('base64');
let place: ReturnType<typeof makePlace>;
beforeEach(async () => {
  place = makePlace();
  await latchkey(['vault', 'init']);
});
afterEach(() => place.remove());

async function latchkey(argv: string[], stdin: string | Uint8Array = '') {
  const terminal = terminalForTests({ stdin });
  const environment = { ...place.environment, LATCHKEY_VAULT: '1', LATCHKEY_VAULT_KEY: key };
  return { exit: await run(argv, terminal, environment), said: terminal.said, stdout: terminal.stdout };
}

/** The environment that a command is given. */
async function environmentOf(options: string[]): Promise<Record<string, string>> {
  const file = path.join(place.place, 'environment');
  const script = `require('node:fs').writeFileSync(process.argv[1], JSON.stringify(process.env))`;
  const { exit, said } = await latchkey(['exec', ...options, '--', process.execPath, '-e', script, file]);
  expect({ exit, said }).toEqual({ exit: 0, said: [] });
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

it('passes on its own environment, but not what opens the vault', async () => {
  const given = await environmentOf([]);
  expect(given).toEqual({ ...place.environment, LATCHKEY_VAULT: '1' });
});

it.each([
  ['quotes and a dollar', `it's "$HOME" \`id\` $(id)`],
  ['lines', 'a\nb\r\n\n'],
  ['an emoji', 'pass 🗝 word'],
  ['spaces around', '  x  '],
])('a value with %s arrives as it is', async (_, value) => {
  await latchkey(['secret', 'create', 'x'], value);
  expect((await environmentOf(['--env', 'X=secret:x'])).X).toBe(value);
});

it.each([
  ['a NUL', Buffer.from('hidden\0value'), '"secret:x" holds a NUL byte'],
  ['what is not text', Buffer.from([0xff, 0xfe, 0x68]), '"secret:x" is binary'],
])('%s is refused, before anything starts, and not shown', async (_, value, message) => {
  await latchkey(['secret', 'create', 'x'], value);
  const { exit, said } = await latchkey(['exec', '--env', 'X=secret:x', '--', 'sh', '-c', 'exit 99']);
  expect(exit).toBe(2);
  expect(said[0]).toContain(message);
  expect(said.join()).not.toContain('hidden');
});

it.runIf(process.platform === 'linux')('an environment that is too large for the system is said to be', async () => {
  await latchkey(['secret', 'create', 'x'], 'x'.repeat(65_000));
  const many = Array.from({ length: 120 }, (_, index) => ['--env', `X${index}=secret:x`]).flat();
  const { exit, said } = await latchkey(['exec', ...many, '--', 'true']);
  expect(exit).toBe(2);
  expect(said[0]).toMatch(/^latchkey: error: the variables and arguments together would have 7,8\d\d,\d{3} bytes, and/);
  expect(said[1]).toContain("--file 'X0=secret:x'");
});
