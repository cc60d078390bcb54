import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { type Branch, find } from '../../src/cli/tree.ts';
import { needs } from '../../src/commands/iam/needs.ts';
import { makePlace } from '../helpers/play.ts';
import { parseCommand, parseScript } from '../helpers/script.ts';
import { terminalForTests } from '../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
let environment: Record<string, string>;
beforeEach(async () => {
  place = makePlace();
  environment = { ...place.environment, LATCHKEY_VAULT: '1', AWS_REGION: 'eu-west-1' };
});
afterEach(() => place.remove());

async function latchkey(argv: string[], stdin: string | Uint8Array = '', given = environment) {
  const terminal = terminalForTests({ stdin: Buffer.from(stdin) });
  const exit = await run(argv, terminal, given);
  return { exit, out: Buffer.from(terminal.bytes), said: terminal.said };
}

const scripts = path.join(import.meta.dirname, '../scripts');
const names = fs.readdirSync(scripts).filter((name) => name.endsWith('.txt'));
/** What IAM calls the two halves of a call that needs two permissions. */
const actionsOf: Record<string, string> = {
  'kms:ReEncrypt': 'kms:ReEncryptFrom',
  'secretsmanager:BatchGetSecretValue': 'secretsmanager:BatchGetSecretValue',
};

/** Every call that a command line makes anywhere in the golden scripts is one that its policy allows. */
test.each(names)('the policy of each command covers what it calls: %s', async (name) => {
  const beyond: string[] = [];
  const given = { ...environment, AWS_REGION: 'us-east-1' };
  await latchkey(['vault', 'init'], '', given);
  for (const step of parseScript(fs.readFileSync(path.join(scripts, name), 'utf8'))) {
    let input: Uint8Array = Buffer.from(step.stdin.join('\n').replaceAll('$TMP', place.place));
    for (const { argv, environment: more } of parseCommand(step.command.replaceAll('$TMP', place.place))) {
      const stdin = input;
      const { out, said } = await latchkey(['--show-calls', ...argv], stdin, { ...given, ...more });
      input = out;
      const calls = said.flatMap((line) => /^latchkey: call: (\S+)/.exec(line)?.[1] ?? []);
      if (calls.length === 0) continue;
      const policy = await latchkey(['--show-policy', ...argv], stdin, { ...given, ...more });
      const { Statement } = JSON.parse(policy.out.toString()) as { Statement: { Action: string[] }[] };
      const allowed = Statement.flatMap(({ Action }) => Action);
      for (const call of calls)
        if (!allowed.includes(actionsOf[call] ?? call)) beyond.push(`${argv.join(' ')}: ${call}`);
    }
  }
  expect([...new Set(beyond)]).toEqual([]);
});

const verbs = ({ verbs: own }: Branch, path: string[] = []): string[] =>
  Object.entries(own).flatMap(([name, node]) => {
    if ('aliasOf' in node) return [];
    return 'verbs' in node ? verbs(node, [...path, name]) : [[...path, name].join(' ')];
  });

describe('--show-policy', () => {
  const policy = async (...argv: string[]) => {
    const { exit, out } = await latchkey(['--show-policy', ...argv]);
    expect(exit).toBe(0);
    return JSON.parse(out.toString()).Statement as {
      Sid: string;
      Action: string[];
      Resource: string[];
      Condition?: object;
    }[];
  };

  test('names what is named, and nothing is done', async () => {
    const [secrets, better, many, keys, ...more] = await policy('secret', 'get', 'prod/db');
    expect(secrets).toMatchObject({
      Action: ['secretsmanager:GetSecretValue'],
      Resource: ['arn:aws:secretsmanager:eu-west-1:*:secret:prod/db-??????'],
    });
    expect(better).toMatchObject({ Sid: 'ButBetterWithSecrets', Action: ['secretsmanager:DescribeSecret'] });
    expect(many).toMatchObject({ Action: ['secretsmanager:BatchGetSecretValue'], Resource: ['*'] });
    expect(keys).toMatchObject({
      Action: ['kms:Decrypt'],
      Condition: { StringEquals: { 'kms:ViaService': ['secretsmanager.eu-west-1.amazonaws.com'] } },
    });
    expect(more).toEqual([]);
    expect(fs.readdirSync(place.place)).toEqual([]);
  });

  test.each([
    [
      ['param', 'get', '/prod/app/'],
      ['arn:aws:ssm:eu-west-1:*:parameter/prod/app', 'arn:aws:ssm:eu-west-1:*:parameter/prod/app/*'],
    ],
    [['param', 'get', 'region=us-east-1:param:/a:3'], ['arn:aws:ssm:us-east-1:*:parameter/a']],
    [['param', 'list'], ['*']],
    [
      ['key', 'enable', '1234abcd-12ab-34cd-56ef-1234567890ab'],
      ['arn:aws:kms:eu-west-1:*:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
    ],
    [
      ['secret', 'stage', 'move', 'prod/db', 'BLUE', '--to', 'AWSPREVIOUS'],
      ['arn:aws:secretsmanager:eu-west-1:*:secret:prod/db-??????'],
    ],
  ])('%j: %j', async (argv, resources) => {
    expect((await policy(...argv))[0]!.Resource).toEqual(resources);
  });

  test('what a template or the environment names', async () => {
    const resources = (out: Uint8Array) => JSON.parse(out.toString()).Statement[0].Resource;
    const template = '{{ secret:a/b }} {{resolve:ssm:/c}}';
    expect(resources((await latchkey(['render', '-', '--show-policy'], template)).out)).toEqual([
      'arn:aws:secretsmanager:eu-west-1:*:secret:a/b-??????',
    ]);
    const given = { ...environment, DB: 'param:/c', OTHER: 'secret' };
    expect(resources((await latchkey(['exec', '--resolve', '--show-policy', '--', 'true'], '', given)).out)).toEqual([
      'arn:aws:ssm:eu-west-1:*:parameter/c',
    ]);
  });

  test('all secrets below a path', async () => {
    expect((await policy('exec', '--env-from', 'secret:a/', '--', 'true'))[0]!.Resource).toEqual([
      'arn:aws:secretsmanager:eu-west-1:*:secret:a/*',
    ]);
  });

  test('an alias is a condition', async () => {
    expect(await policy('key', 'encrypt', 'alias/app')).toEqual([
      {
        ...{ Sid: 'Keys', Effect: 'Allow', Action: ['kms:Encrypt'], Resource: ['arn:aws:kms:eu-west-1:*:key/*'] },
        Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/app'] } },
      },
    ]);
  });

  test('where a ciphertext comes from is not named: any key, and the one named for where it goes', async () => {
    const [to, from, ...more] = await policy('key', 're-encrypt', 'alias/new');
    expect(to).toMatchObject({ Action: ['kms:ReEncryptTo'], Condition: expect.anything() });
    expect(from).toEqual({ Sid: 'KeysEverywhere', Effect: 'Allow', Action: ['kms:ReEncryptFrom'], Resource: ['*'] });
    expect(more).toEqual([]);
  });

  test.each([
    [['tag', 'list', 'secret:a'], ['Secrets']],
    [['tag', 'add', 'param:/a', '--tag', 'a=b'], ['Parameters']],
    [
      ['tag', 'find', '--kind', 'key'],
      ['Keys', 'KeysEverywhere'],
    ],
    [
      ['exec', '--env', 'A=secret:a', '--', 'true'],
      ['Secrets', 'ButBetterWithSecrets', 'KeysOfYourOwn'],
    ],
    [
      ['exec', '--file', 'A=param:/a', '--', 'true'],
      ['Parameters', 'KeysOfYourOwn'],
    ],
    [
      ['exec', '--env-from', 'secret:a/', '--', 'true'],
      ['Secrets', 'SecretsEverywhere', 'ButBetterWithSecrets', 'ButBetterWithSecretsEverywhere', 'KeysOfYourOwn'],
    ],
    [
      ['exec', '--env-from', 'param:/a/', '--', 'true'],
      ['Parameters', 'ButBetterWithParametersEverywhere', 'KeysOfYourOwn'],
    ],
  ])('only the services that are named: %j: %j', async (argv, titles) => {
    const [first, ...rest] = argv;
    const { out } = await latchkey([first!, '--show-policy', ...rest]);
    expect(JSON.parse(out.toString()).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(titles);
  });

  test.each([
    ['key', 'alias', 'set', 'app', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    ['key', 'alias', 'remove', 'alias/app'],
    ['key', 'create', '--alias', 'app'],
  ])('a name for a key is a resource of its own: %s %s %s %s', async (...argv) => {
    const Resource = ['arn:aws:kms:eu-west-1:*:key/*', 'arn:aws:kms:eu-west-1:*:alias/app'];
    expect((await policy(...argv.filter(Boolean)))[0]).toMatchObject({ Sid: 'Keys', Resource });
  });

  test('every verb has its needs listed, or calls nothing', () => {
    const callNothing = /^(rotate function |vault |completion$|secret snippet$|inspect$|keygen$)/;
    const unlisted = verbs(find([]).node as Branch).filter(
      (verb) => !Object.hasOwn(needs, verb) && !callNothing.test(verb),
    );
    expect(unlisted).toEqual([]);
  });

  test('what only an option needs is asked for with that option alone', async () => {
    const actions = async (...more: string[]) => (await policy('param', 'put', '/a', ...more))[0]!.Action;
    expect(await actions()).toEqual(['ssm:PutParameter']);
    expect(await actions('--tag', 'a=b')).toEqual(['ssm:PutParameter', 'ssm:AddTagsToResource']);
    const keys = async (...argv: string[]) => (await policy('key', ...argv))[0]!.Action;
    expect(await keys('data-key', 'alias/app')).toEqual(['kms:GenerateDataKey']);
    expect(await keys('data-key', 'alias/app', '--no-plaintext')).toEqual(['kms:GenerateDataKeyWithoutPlaintext']);
    expect(await keys('restore', 'alias/app', '--no-enable')).not.toContain('kms:EnableKey');
  });

  test('what only the lack of an option or an argument needs', async () => {
    const keys = async (...argv: string[]) => (await policy('key', ...argv)).flatMap(({ Action }) => Action);
    expect(await keys('sign', 'alias/app', 'file')).toEqual(['kms:DescribeKey', 'kms:Sign']);
    expect(await keys('sign', 'alias/app', 'file', '--algorithm', 'ECDSA_SHA_256')).toEqual(['kms:Sign']);
    expect(await keys('explain', 'alias/app')).toEqual(['kms:DescribeKey', 'kms:ListAliases']);
    expect(await keys('explain')).toEqual(['kms:Decrypt', 'kms:DescribeKey']);
    expect(await keys('grant', 'list', '--retirable', 'arn:aws:iam::123456789012:root')).toEqual([
      'kms:ListRetirableGrants',
    ]);
  });

  test('a key is moved in two Regions', async () => {
    const resources = async (key: string) => (await policy('key', 'primary', key, 'us-west-2'))[0];
    const both = (id: string) => ['eu-west-1', 'us-west-2'].map((region) => `arn:aws:kms:${region}:*:key/${id}`);
    expect((await resources('mrk-1234abcd12ab34cd56ef1234567890ab'))!.Resource).toEqual(
      both('mrk-1234abcd12ab34cd56ef1234567890ab'),
    );
    expect(await resources('alias/app')).toEqual(expect.objectContaining({ Resource: both('mrk-*') }));
  });

  test('a verb that calls nothing', async () => {
    expect(await latchkey(['vault', 'info', '--show-policy'])).toMatchObject({
      exit: 2,
      said: ['latchkey: error: "latchkey vault info" needs no permission of AWS'],
    });
  });
});

test('--show-calls says what is asked, and no value', async () => {
  await latchkey(['vault', 'init']);
  const { said } = await latchkey(['secret', 'create', 'a', '--show-calls'], 'hunter2');
  expect(said).toEqual([
    expect.stringMatching(/^latchkey: call: secretsmanager:CreateSecret \{"Name":"a","SecretString":"\.\.\."/),
  ]);
  const binary = await latchkey(['secret', 'put', 'a', '--show-calls'], Buffer.from([0xff, 0xfe]));
  expect(binary.said).toEqual(['latchkey: call: secretsmanager:PutSecretValue {"SecretId":"a","SecretBinary":"..."}']);
});

const readme = fs.readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');

test.each([...new Set(Object.keys(needs).map((verb) => verb.split(' ')[0]!))])(
  'README says what `%s` calls, and names its verbs',
  (noun) => {
    const own = Object.entries(needs).filter(([verb]) => verb.split(' ')[0] === noun);
    const calls = own.flatMap(([, list]) => list).filter((need) => !need.startsWith('via:'));
    const operations = [...new Set(calls.map((need) => need.replace(/[@?].*/, '').split(':')[1]!))].sort();
    expect(readme).toContain(`| \`${noun}\` | ${operations.join(', ')} |`);
    const { node } = find([noun]);
    if (!('verbs' in node)) return;
    const verbs = Object.entries(node.verbs).flatMap(([name, one]) => ('aliasOf' in one ? [] : [name]));
    expect(readme).toContain(`| \`${noun} ${verbs.join(', ')}\` |`);
  },
);
