import { expect, test } from 'vitest';
import { isPrincipalArn, standsFor } from '../../../src/vault/iam/principal.ts';

const account = '123456789012';
const iam = (name: string) => `arn:aws:iam::${account}:${name}`;
const sts = (name: string) => `arn:aws:sts::${account}:${name}`;

test.each([
  [iam('root'), true],
  [iam('user/ci'), true],
  [iam('role/path/to/app'), true],
  [sts('assumed-role/app/session'), true],
  [sts('federated-user/ana'), true],
  ['arn:aws-cn:iam::123456789012:root', true],
  [iam('group/all'), false],
  [iam('user/'), false],
  [sts('assumed-role/app'), false],
  ['arn:aws:iam::12345:root', false],
  [account, false],
  ['*', false],
  ['s3.amazonaws.com', false],
])('%s names a principal: %s', (text, is) => expect(isPrincipalArn(text)).toBe(is));

const session = sts('assumed-role/a.b+c/s');

test.each([
  [iam('user/ci'), iam('user/ci'), true],
  [iam('root'), iam('user/ci'), true],
  ['arn:aws:iam::210987654321:root', iam('user/ci'), false],
  [iam('user/c'), iam('user/ci'), false],
  [session, session, true],
  [iam('role/a.b+c'), session, true],
  [iam('role/path/a.b+c'), session, true],
  [iam('role/aXb+c'), session, false],
  [iam('role/xa.b+c'), session, false],
  [iam('user/a.b+c'), session, false],
  ['arn:aws:iam::210987654321:role/a.b+c', session, false],
])('%s stands for %s: %s', (arn, principal, does) =>
  expect(standsFor(arn, { account, principal, userId: 'any' })).toBe(does),
);
