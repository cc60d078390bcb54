import { createHash, randomBytes } from 'node:crypto';

/*
 * EMSA-PSS of RFC 8017, 9.1, over a digest that the caller has made: node:crypto pads only what it has hashed itself.
 * The salt is as long as the digest, as KMS has it, and the mask is made with the same hash (MGF1).
 */

/** The digest as an integer of one bit less than the modulus, which is `bits` long. */
export function encode(hash: string, digest: Uint8Array, bits: number, salt = randomBytes(digest.length)): Buffer {
  const length = Math.ceil((bits - 1) / 8);
  const check = checkOf(hash, digest, salt);
  const block = Buffer.alloc(length - digest.length - 1);
  block[block.length - salt.length - 1] = 1;
  salt.copy(block, block.length - salt.length);
  mask(hash, check, block);
  block[0]! &= topBits(bits);
  return Buffer.concat([block, check, Buffer.from([0xbc])]);
}

/** Whether `encode` can have made it of this digest, with any salt. */
export function isEncoding(hash: string, digest: Uint8Array, bits: number, encoded: Buffer): boolean {
  if (encoded.length !== Math.ceil((bits - 1) / 8) || encoded.at(-1) !== 0xbc) return false;
  const check = encoded.subarray(-1 - digest.length, -1);
  const block = Buffer.from(encoded.subarray(0, -1 - digest.length));
  if (block[0]! & ~topBits(bits)) return false;
  mask(hash, check, block);
  block[0]! &= topBits(bits);
  const salt = block.subarray(block.length - digest.length);
  return encode(hash, digest, bits, salt).equals(encoded);
}

/** What of the first byte is the integer's. */
const topBits = (bits: number): number => 0xff >> (8 * Math.ceil((bits - 1) / 8) - (bits - 1));

const checkOf = (hash: string, digest: Uint8Array, salt: Uint8Array): Buffer =>
  createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();

/** Takes a block and what MGF1 makes of a seed together, in place: done twice, it is as it was. */
function mask(hash: string, seed: Uint8Array, block: Buffer): void {
  for (let at = 0, counter = Buffer.alloc(4); at < block.length; ) {
    const part = createHash(hash).update(seed).update(counter).digest();
    for (const byte of part.subarray(0, block.length - at)) block[at++]! ^= byte;
    counter.writeUInt32BE(counter.readUInt32BE() + 1);
  }
}
