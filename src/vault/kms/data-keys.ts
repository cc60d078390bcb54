import { randomBytes } from 'node:crypto';
import { VaultError } from '../errors.ts';
import type { Keys, ManagedBy } from '../keys.ts';
import type { Call } from '../operation.ts';
import { type Binding, open, seal } from '../store/sealing.ts';
import { type Ciphertext, decrypt, encrypt, parse } from './ciphertext.ts';
import { findKey, keyArnOf, nameIn, requireAlgorithm, requireEnabled, requireUsage } from './find-key.ts';
import { keyNow } from './key-now.ts';
import { managedKey } from './new-key.ts';
import type { KeyRow } from './rows.ts';
import { noteUse, symmetric, unknownKey } from './use.ts';

export const keysOf = (call: Call): Keys => ({
  resolve: (service, keyId = `alias/aws/${service}`) => keyArnOf(usableKey(call, service, keyId)),
  seal(keyArn, binding, plaintext) {
    const key = findKey(call, 'GenerateDataKey', keyArn);
    requireEnabled(key);
    noteUse(call, key, 'GenerateDataKey');
    const dataKey = randomBytes(dataKeyLength);
    return join(encrypt(call, key, wrapping(binding), dataKey), seal(dataKey, binding, plaintext));
  },
  open(binding, sealed) {
    const { wrapped, value } = split(sealed) ?? damaged(binding);
    return open(unwrap(call, binding, wrapped), binding, value);
  },
});

function usableKey(call: Call, service: ManagedBy, keyId: string): KeyRow {
  const own = `alias/aws/${service}`;
  const key = nameIn(call, 'DescribeKey', keyId) === own ? managedKey(call, own) : findKey(call, 'DescribeKey', keyId);
  requireEnabled(key);
  requireUsage('GenerateDataKey', key, 'ENCRYPT_DECRYPT');
  requireAlgorithm(key, symmetric);
  return key;
}

/*
 * A value under its data key: 01 | length of the wrapped data key (2 bytes, big-endian) | wrapped data key | sealed value.
 * The same binding is in both, so neither part can be joined to another.
 */
const version = 1;
const dataKeyLength = 32;
const headLength = 3;

/** Keeps a wrapped data key apart from anything that Encrypt makes under the same key. */
const wrapping = (binding: Binding): Binding => ['data key', ...binding];

function join(wrapped: Uint8Array, value: Uint8Array): Uint8Array {
  const head = Buffer.from([version, 0, 0]);
  head.writeUInt16BE(wrapped.length, 1);
  return Buffer.concat([head, wrapped, value]);
}

function split(sealed: Uint8Array): { wrapped: Ciphertext; value: Uint8Array } | undefined {
  if (sealed.length < headLength || sealed[0] !== version) return undefined;
  const end = headLength + sealed[1]! * 256 + sealed[2]!;
  const wrapped = parse(sealed.subarray(headLength, end));
  return wrapped && { wrapped, value: sealed.subarray(end) };
}

function unwrap(call: Call, binding: Binding, wrapped: Ciphertext): Uint8Array {
  const key = keyNow(call, wrapped.keyId) ?? unknownKey();
  requireEnabled(key);
  noteUse(call, key, 'Decrypt');
  return decrypt(call, key, wrapping(binding), wrapped) ?? damaged(binding);
}

function damaged(binding: Binding): never {
  throw new VaultError('damaged', `a sealed value of the vault does not open (${binding.slice(2).join(' ')})`);
}
