import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import {
  formatReference,
  parseKey,
  parseParameter,
  parseReference,
  parseSecret,
} from '../../src/reference/reference.ts';

const uuid = '1234abcd-12ab-34cd-56ef-1234567890ab';
const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf';
const here = { region: 'eu-west-1' };

describe('parseReference', () => {
  it.each([
    ['secret:prod/db', { kind: 'secret', id: 'prod/db' }],
    ['secret:prod/db#password', { kind: 'secret', id: 'prod/db', key: 'password' }],
    ['secret:prod/db:AWSPREVIOUS#a/b', { kind: 'secret', id: 'prod/db', stage: 'AWSPREVIOUS', key: 'a/b' }],
    [`secret:prod/db:${uuid}`, { kind: 'secret', id: 'prod/db', versionId: uuid }],
    [secretArn, { kind: 'secret', id: secretArn, where: here }],
    [`${secretArn}#user`, { kind: 'secret', id: secretArn, key: 'user', where: here }],
    [`${secretArn}:AWSPENDING`, { kind: 'secret', id: secretArn, stage: 'AWSPENDING', where: here }],
    [`${secretArn}:user::`, { kind: 'secret', id: secretArn, key: 'user', where: here }],
    [
      `${secretArn}:a/b:AWSPREVIOUS:`,
      { kind: 'secret', id: secretArn, key: 'a~1b', stage: 'AWSPREVIOUS', where: here },
    ],
    [`${secretArn}:::${uuid}`, { kind: 'secret', id: secretArn, versionId: uuid, where: here }],
    ['param:/prod/url', { kind: 'param', name: '/prod/url', tree: false }],
    ['param:url:3', { kind: 'param', name: 'url', version: '3', tree: false }],
    ['param:/prod/app/', { kind: 'param', name: '/prod/app/', tree: true }],
    ['key:alias/app', { kind: 'key', id: 'alias/app' }],
    ['file:.env', { kind: 'file', path: '.env' }],
    ['env:', { kind: 'env' }],
    ['-', { kind: 'stdin' }],
    ['vault:param:/prod/', { kind: 'param', name: '/prod/', tree: true, where: { vault: true } }],
    [
      'profile=prod:region=eu-west-1:secret:prod/db',
      { kind: 'secret', id: 'prod/db', where: { profile: 'prod', region: 'eu-west-1' } },
    ],
    ['{{resolve:secretsmanager:prod/db:SecretString:user}}', { kind: 'secret', id: 'prod/db', key: 'user' }],
    [
      `{{resolve:secretsmanager:${secretArn}:SecretString:a/b:AWSPREVIOUS}}`,
      { id: secretArn, key: 'a~1b', stage: 'AWSPREVIOUS' },
    ],
    ['{{resolve:ssm:/prod/url:3}}', { kind: 'param', name: '/prod/url', version: '3', tree: false }],
    ['{{resolve:ssm-secure:pin}}', { kind: 'param', name: 'pin', tree: false }],
  ])('%s', (text, expected) => {
    expect(parseReference(text)).toMatchObject(expected);
  });

  it.each([
    'prod/db',
    'secret:',
    'secret:a:b:c',
    'param:',
    'key:',
    'file:',
    'arn:aws:s3:::bucket',
    'arn:aws:lambda:eu-west-1:123456789012:function:f',
    'arn:aws:secretsmanager:eu-west-1:12345:secret:a',
    'arn:aws:ssm:eu-west-1:123456789012:document/d',
    `${secretArn}:a:b`,
    '{{resolve:s3:a}}',
    '{{resolve:secretsmanager:a:SecretBinary}}',
  ])('refuses %s, naming it', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => parseReference(text)).toThrow(text);
  });

  it.each([
    ['secret:prod/db:AWSPREVIOUS#a/b'],
    [`secret:prod/db:${uuid}`],
    ['vault:param:/prod/app/'],
    ['profile=prod:region=eu-west-1:param:/a/b:3#key'],
    ['region=us-east-1:key:alias/app'],
    ['file:some/path.env'],
    ['env:'],
    ['-'],
  ])('writes %s as it read it', (text) => {
    expect(formatReference(parseReference(text))).toBe(text);
  });
});

describe('inside the commands of a noun', () => {
  it('the prefix may be left out', () => {
    expect(parseSecret('prod/db#password')).toMatchObject({ id: 'prod/db', key: 'password' });
    expect(parseParameter('/prod/url')).toMatchObject({ name: '/prod/url' });
    expect(parseKey('alias/app')).toMatchObject({ id: 'alias/app' });
  });

  it('options say the same as punctuation, and win over it', () => {
    expect(parseSecret('prod/db', { stage: 'AWSPREVIOUS', key: 'a' })).toMatchObject({
      stage: 'AWSPREVIOUS',
      key: 'a',
    });
    const byId = parseSecret('prod/db:AWSPREVIOUS', { versionId: uuid });
    expect([byId.stage, byId.versionId]).toEqual([undefined, uuid]);
  });

  it('another kind of thing is refused by name', () => {
    expect(() => parseSecret('param:/a')).toThrow(
      new UserError('usage', 'expected a secret, got a parameter: "param:/a"'),
    );
    expect(() => parseKey('secret:a')).toThrow('expected a key, got a secret');
  });
});
