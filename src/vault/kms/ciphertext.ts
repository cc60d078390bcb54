import { hash } from 'node:crypto';
import type { Call } from '../operation.ts';
import { type Binding, open, seal } from '../store/sealing.ts';
import { currentMaterial, material } from './key-material.ts';
import type { KeyRow } from './rows.ts';

/*
 * What a key encrypts: 01 | length of the key id | key id | material id (32 bytes) | check (4 bytes) | sealed value.
 * The check, the start of the SHA-256 of what is before it, tells a damaged blob from one of a key that is not here.
 * Key id, material id and encryption context are the sealed value's additional data.
 */
const version = 1;
const materialIdLength = 32;
const checkLength = 4;

/** What a blob says of itself in the clear, and what is sealed. */
export interface Ciphertext {
  readonly keyId: string;
  readonly materialId: string;
  readonly sealed: Uint8Array;
}

/** Encrypts under the key's current material. */
export function encrypt(call: Call, key: KeyRow, binding: Binding, plaintext: Uint8Array): Uint8Array {
  const bound = [key.key_id, key.material_id, ...binding];
  return Buffer.concat([headerOf(key.key_id, key.material_id), seal(currentMaterial(call, key), bound, plaintext)]);
}

/** Takes a blob apart; undefined when its header is not whole. */
export function parse(blob: Uint8Array): Ciphertext | undefined {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.length);
  const materialAt = 2 + (bytes[1] ?? 0);
  const sealedAt = materialAt + materialIdLength + checkLength;
  if (bytes[0] !== version || bytes.length < sealedAt) return undefined;
  const keyId = bytes.toString('utf8', 2, materialAt);
  const materialId = bytes.toString('hex', materialAt, materialAt + materialIdLength);
  if (!headerOf(keyId, materialId).equals(bytes.subarray(0, sealedAt))) return undefined;
  return { keyId, materialId, sealed: bytes.subarray(sealedAt) };
}

/** Opens what `encrypt` made with the same binding; undefined when anything about it is another. */
export function decrypt(call: Call, key: KeyRow, binding: Binding, { materialId, sealed }: Ciphertext) {
  const opened = material(call, key, materialId);
  if (!opened) return undefined;
  try {
    return open(opened, [key.key_id, materialId, ...binding], sealed);
  } catch {
    return undefined;
  }
}

function headerOf(keyId: string, materialId: string): Buffer {
  const id = Buffer.from(keyId);
  const header = Buffer.concat([Buffer.from([version, id.length]), id, Buffer.from(materialId, 'hex')]);
  return Buffer.concat([header, hash('sha256', header, 'buffer').subarray(0, checkLength)]);
}
