import { ApiError } from '../errors.ts';
import type { KeyRow } from './rows.ts';
import { type KeyUsage, specs } from './specs.ts';

/** In the order of the API's reference. */
export const grantOperations = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'GetPublicKey',
  'CreateGrant',
  'RetireGrant',
  'DescribeKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
] as const;

type GrantOperation = (typeof grantOperations)[number];

const ofAnyKey: readonly GrantOperation[] = ['CreateGrant', 'RetireGrant', 'DescribeKey'];
const ofDataKeys: readonly GrantOperation[] = [
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];
const ofUsage: Readonly<Record<KeyUsage, readonly GrantOperation[]>> = {
  ENCRYPT_DECRYPT: ['Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations */
function operationsOfKey({ spec, usage }: KeyRow): readonly GrantOperation[] {
  const { kind } = specs[spec];
  if (kind === 'symmetric') return [...ofAnyKey, ...ofUsage[usage], ...ofDataKeys];
  return kind === 'hmac' ? [...ofAnyKey, ...ofUsage[usage]] : [...ofAnyKey, ...ofUsage[usage], 'GetPublicKey'];
}

/** Throws ValidationException for operations that a key does not have, or that make no grant. */
export function requireGrantable(key: KeyRow, operations: readonly GrantOperation[]): void {
  if (operations.length === 0) throw invalid('A grant needs at least one operation.');
  const possible = operationsOfKey(key);
  const other = operations.find((operation) => !possible.includes(operation));
  if (other)
    throw invalid(`Operation ${other} is not valid for a key with key spec ${key.spec} and usage ${key.usage}.`);
  if (operations.every((operation) => operation === 'CreateGrant')) {
    throw invalid('Grants must not contain only the CreateGrant operation.');
  }
}

const invalid = (message: string) => new ApiError('ValidationException', message);
