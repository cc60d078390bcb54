import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { VaultError } from '../errors.ts';

/*
 * A sealed value: 01 | IV (12 bytes) | ciphertext | tag (16 bytes), AES-256-GCM.
 * What it belongs to is its additional data, so a value moved to another row or column does not open.
 */
const version = 1;
const ivLength = 12;
const tagLength = 16;
const algorithm = 'aes-256-gcm';

/** Where a value lives: account, Region, kind of item, item, version, column. Order and number matter. */
export type Binding = readonly string[];

/** Seals `plaintext` under a 32-byte key. */
export function seal(key: Uint8Array, binding: Binding, plaintext: Uint8Array): Uint8Array {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength });
  cipher.setAAD(encodeBinding(binding));
  return Buffer.concat([[version], iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()].map(toBytes));
}

/** Opens what `seal` made. Throws a `VaultError` when a byte, the key or the binding is another. */
export function open(key: Uint8Array, binding: Binding, sealed: Uint8Array): Uint8Array {
  if (sealed.length < 1 + ivLength + tagLength || sealed[0] !== version) throw doesNotOpen(binding);
  const end = sealed.length - tagLength;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(1, 1 + ivLength), { authTagLength: tagLength });
  decipher.setAAD(encodeBinding(binding));
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + ivLength, end)), decipher.final()]);
  } catch {
    throw doesNotOpen(binding);
  }
}

/** Each part with its length in front (4 bytes, big-endian), so that no two bindings have the same bytes. */
function encodeBinding(binding: Binding): Buffer {
  const lengths = binding.map((part) => Buffer.byteLength(part));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  for (const [index, part] of binding.entries()) {
    at = bytes.writeUInt32BE(lengths[index]!, at);
    at += bytes.write(part, at);
  }
  return bytes;
}

const toBytes = (part: Uint8Array | number[]) => (part instanceof Uint8Array ? part : Uint8Array.from(part));

const doesNotOpen = (binding: Binding) =>
  new VaultError('damaged', `a sealed value of the vault does not open (${binding.slice(2).join(' ')})`);

/** `seal` and `open` under one key. */
export interface Sealer {
  seal(binding: Binding, plaintext: Uint8Array): Uint8Array;
  open(binding: Binding, sealed: Uint8Array): Uint8Array;
}

export const sealerOf = (key: Uint8Array): Sealer => ({
  seal: (binding, plaintext) => seal(key, binding, plaintext),
  open: (binding, sealed) => open(key, binding, sealed),
});
