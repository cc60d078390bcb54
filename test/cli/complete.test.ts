import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { makePlace } from '../helpers/play.ts';
import { terminalForTests } from '../helpers/terminal.ts';

const program = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
let place: ReturnType<typeof makePlace>;
let environment: Record<string, string>;
beforeAll(async () => {
  place = makePlace();
  environment = { ...place.environment, LATCHKEY_VAULT: '1' };
  await latchkey(['vault', 'init']);
  for (const name of ['prod/db', 'prod/api', 'test/db']) await latchkey(['secret', 'create', name], 'x');
  await latchkey(['param', 'put', '/prod/url'], 'x');
  await latchkey(['key', 'create', '--alias', 'app']);
  const aws = path.join(place.place, '.aws');
  fs.mkdirSync(aws, { recursive: true });
  fs.writeFileSync(path.join(aws, 'config'), '[profile staging]\nregion = eu-west-1\n');
  const bin = path.join(place.place, 'bin');
  fs.mkdirSync(bin);
  fs.writeFileSync(path.join(bin, 'latchkey'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, {
    mode: 0o755,
  });
  environment.PATH = `${bin}:${environment.PATH}`;
});
afterAll(() => place.remove());

async function latchkey(argv: string[], stdin = '', given = environment) {
  const terminal = terminalForTests({ stdin: Buffer.from(stdin) });
  await run(argv, terminal, given);
  return Buffer.from(terminal.bytes).toString();
}

const complete = async (...words: string[]) =>
  (await latchkey(['__complete', ...words])).split('\n').filter((line) => line !== '');

test.each([
  [['sec'], ['secret']],
  [['h'], ['help']],
  [
    ['help', 'sec'],
    ['secret', 'security'],
  ],
  [['help', 'secret', 'li'], ['list']],
  [['help', 'secret', 'get', ''], []],
  [
    ['secret', 'r'],
    ['random', 'replicate', 'restore', 'rollback'],
  ],
  [['key', 'c'], ['create']],
  [
    ['secret', 'get', 'prod/'],
    ['prod/api', 'prod/db'],
  ],
  [['secret', 'get', 'nothing'], []],
  [['param', 'get', '/p'], ['/prod/url']],
  [['key', 'encrypt', 'alias/app'], ['alias/app']],
  [['secret', 'get', '--st'], ['--stage']],
  [
    ['secret', 'list', '--output', ''],
    ['json', 'table', 'text', 'yaml'],
  ],
  [['secret', 'list', '--output', 'j'], ['json']],
  [['--vault', 'secret', 'get', 'test'], ['test/db']],
  [['secret', 'put', '--value-file', ''], []],
  [['exec', '--env', 'A=secret:prod/db', '--', 'l'], []],
  [['exec', '--env', 'A=secret:prod/d'], ['A=secret:prod/db']],
  [['exec', '--env', 'A=p'], ['A=param:/prod/url']],
  [['exec', '--env', 'A'], []],
  [['exec', '--env-from', 'par'], ['param:/prod/url']],
  [['exec', '--file', 'A=secret:prod/d'], ['A=secret:prod/db']],
  [
    ['tag', 'add', ''],
    ['key:alias/app', 'param:/prod/url', 'secret:prod/api', 'secret:prod/db', 'secret:test/db'],
  ],
  [['tag', 'copy', 'secret:prod/db', 'key:'], ['key:alias/app']],
  [['diff', 'secret:prod/db', 'secret:t'], ['secret:test/db']],
  [['secret', 'get', 'secret:test'], ['secret:test/db']],
  [
    ['key', 'create', '--spec', 'HMAC_2'],
    ['HMAC_224', 'HMAC_256'],
  ],
  [['key', 'create', '--usage', 'S'], ['SIGN_VERIFY']],
  [['key', 'sign', 'alias/app', ''], []],
  [['key', 'primary', 'alias/app', ''], []],
  [['key', 'grant', 'create', 'alias/app', '--operations', 'Decrypt,Enca'], ['Decrypt,Encapsulate']],
  [['key', 'grant', 'revoke', 'alias/app', ''], []],
  [['key', 'decrypt', '--key', 'alias/app'], ['alias/app']],
  [['secret', 'create', 'x', '--kms-key', 'alias/app'], ['alias/app']],
  [['secret', 'get', '--key', ''], []],
  [['secret', 'describe', 'prod/db', ''], []],
  [['secret', 'list', ''], []],
  [['secret', 'list', '--profile', 'st'], ['staging']],
  [['vault', 'info', '--vault-name', 'v'], ['vault']],
  [['vault', 'info', ''], []],
  [['completion', 'f'], ['fish']],
  [
    ['secret', 'get', ' '],
    ['prod/api', 'prod/db', 'test/db'],
  ],
])('%j: %j', async (words, replies) => {
  const found = await complete(...words);
  expect(found.filter((one) => !one.includes('alias/aws/'))).toEqual(replies);
});

test('where nothing can be read nothing is said', async () => {
  const nowhere = { ...place.environment, LATCHKEY_VAULT: path.join(place.place, 'none.db') };
  const terminal = terminalForTests();
  expect(await run(['__complete', 'secret', 'get', ''], terminal, nowhere)).toBe(0);
  expect([Buffer.from(terminal.bytes).length, terminal.said]).toEqual([0, []]);
});

test('the names that a shell was told are kept for seconds, for their owner alone', async () => {
  await complete('secret', 'get', '');
  const folder = path.join(place.place, '.cache/latchkey');
  const files = fs.readdirSync(folder).filter((name) => name.startsWith('names-secret-'));
  for (const file of files) expect(fs.statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
  await latchkey(['secret', 'create', 'prod/new'], 'x');
  expect(await complete('secret', 'get', 'prod/n')).toEqual([]);
  const before = new Date(Date.now() - 60_000);
  for (const file of files) fs.utimesSync(path.join(folder, file), before, before);
  expect(await complete('secret', 'get', 'prod/n')).toEqual(['prod/new']);
  await latchkey(['secret', 'delete', 'prod/new', '--force', '--yes']);
  for (const file of files) fs.rmSync(path.join(folder, file));
});

const shells: Record<string, (line: string) => string[]> = {
  bash: (line) => [
    '-c',
    `source <(latchkey completion bash); COMP_LINE="$1"; COMP_POINT=\${#1}; _latchkey; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    line,
  ],
  fish: (line) => ['-c', 'latchkey completion fish | source; complete -C $argv[1]', line],
  zsh: (line) => [
    '-fc',
    `compdef() { :; }; compadd() { shift; print -rl -- "$@"; }; _files() { print -rl -- \${words[-1]}*(N); }; source <(latchkey completion zsh)
     words=(\${(z)1}); [[ "$1" == *' ' ]] && words+=(''); CURRENT=\${#words}; _latchkey`,
    'zsh',
    line,
  ],
};

describe.each(Object.entries(shells))('%s', (shell, argumentsFor) => {
  const isThere = !spawnSync(shell, ['--version']).error;

  test.skipIf(!isThere)(`a line of its own (skipped without ${shell})`, () => {
    const ask = (line: string) => {
      const { stdout } = spawnSync(shell, argumentsFor(line), { env: environment, encoding: 'utf8' });
      return stdout.split('\n').filter((one) => one !== '');
    };
    expect(ask('latchkey secret get pro')).toEqual(['prod/api', 'prod/db']);
    expect(ask('latchkey secret ro')).toEqual(['rollback']);
    expect(ask('latchkey secret get ')).toEqual(['prod/api', 'prod/db', 'test/db']);
    expect(ask('latchkey exec --env A=secret:test').map((one) => one.replace('A=secret:', ''))).toEqual(['test/db']);
    // In bash what stands behind an open quote is one word, whatever it holds.
    if (shell === 'bash') {
      expect(ask(`latchkey secret get 'pro`)).toEqual(['prod/api', 'prod/db']);
      expect(ask('latchkey exec --env "A=secret:test')).toEqual(['A=secret:test/db']);
    }
    // bash has files of its own accord.
    if (shell !== 'bash') {
      const file = path.join(place.place, 'value.txt');
      fs.writeFileSync(file, '');
      expect(ask(`latchkey secret put a --value-file ${place.place}/val`)).toEqual([file]);
    }
  });
});
