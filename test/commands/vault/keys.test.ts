import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
beforeEach(async () => {
  place = makePlace();
  await latchkey(['vault', 'init']);
});
afterEach(() => place.remove());

async function latchkey(argv: string[], terminal = terminalForTests()) {
  const exit = await run(argv, terminal, { ...place.environment, LATCHKEY_VAULT: '1' });
  return { exit, out: terminal.stdout, said: terminal.said };
}

async function create(...options: string[]) {
  const { out } = await latchkey(['vault', 'keys', 'create', ...options, '--output', 'json']);
  return JSON.parse(out) as { AccessKeyId: string; SecretAccessKey: string };
}

const list = async () =>
  JSON.parse((await latchkey(['vault', 'keys', 'list'])).out) as { AccessKeyId: string; Status: string }[];

test('the secret half is printed once, and is said to be', async () => {
  const terminal = terminalForTests({ tty: true });
  const { out, said } = await latchkey(['vault', 'keys', 'create'], terminal);
  const [, secret] = /^AWS_ACCESS_KEY_ID=AKIA\w{16}\nAWS_SECRET_ACCESS_KEY=(\S{40})\n$/.exec(out)!;
  expect(said).toEqual(['the secret half is not shown again']);
  for (const format of ['json', 'yaml', 'table', 'text']) {
    const listed = await latchkey(['vault', 'keys', 'list', '--output', format]);
    expect(listed.out).toContain('AKIA');
    expect(listed.out).not.toContain(secret!);
  }
});

test('off, on, gone', async () => {
  const { AccessKeyId } = await create('--user', 'ci');
  const statuses = async () => (await list()).map(({ Status }) => Status);
  const call = async (verb: string, ...options: string[]) =>
    (await latchkey(['vault', 'keys', verb, AccessKeyId, ...options])).exit;
  expect([await call('disable'), await statuses()]).toEqual([0, ['Inactive']]);
  expect([await call('disable'), await statuses()]).toEqual([0, ['Inactive']]);
  expect([await call('enable'), await statuses()]).toEqual([0, ['Active']]);
  expect([await call('delete', '--yes'), await statuses()]).toEqual([0, []]);
  expect(await call('delete', '--yes')).toBe(3);
});

test('what is to be deleted is shown, and asked about', async () => {
  const { AccessKeyId } = await create('--user', 'ci', '--account', '210987654321');
  const words = ['vault', 'keys', 'delete', AccessKeyId];
  const plan = [`delete access key "${AccessKeyId}" of user "ci" of account 210987654321`, 'it cannot be brought back'];
  expect(await latchkey([...words, '--dry-run'])).toMatchObject({ exit: 0, said: plan });
  expect(await latchkey(words)).toMatchObject({ exit: 2 });
  const no = terminalForTests({ tty: true, answers: ['n'] });
  expect(await latchkey(words, no)).toMatchObject({ exit: 0, said: [...plan, `Delete access key "${AccessKeyId}"?`] });
  expect(await list()).toHaveLength(1);
  await latchkey(words, terminalForTests({ tty: true, answers: ['y'] }));
  expect(await list()).toEqual([]);
});
