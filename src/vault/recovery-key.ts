import { createHash, randomBytes } from 'node:crypto';

/*
 * A recovery key as a person writes it down: 32 characters of Crockford's base32 (20 bytes), and 4 that check them, in
 * groups of four. https://www.crockford.com/base32.html
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 20;
const checkLength = 4;

export const newRecoveryKey = (): Uint8Array => randomBytes(length);

/** `7K3M-...`: nine groups of four. */
export function printRecoveryKey(key: Uint8Array): string {
  const text = encode(key) + checkOf(key);
  return text.match(/.{4}/g)!.join('-');
}

/** Reads what `printRecoveryKey` wrote, however it was typed; undefined where a character is wrong or missing. */
export function readRecoveryKey(typed: string): Uint8Array | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{36}$/.test(text)) return undefined;
  const key = decode(text.slice(0, -checkLength));
  return checkOf(key) === text.slice(-checkLength) ? key : undefined;
}

const checkOf = (key: Uint8Array) =>
  encode(createHash('sha256').update(key).digest().subarray(0, 5)).slice(0, checkLength);

/** Five bits a character; the number of bytes is a multiple of five. */
function encode(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits
    .match(/.{5}/g)!
    .map((five) => alphabet[Number.parseInt(five, 2)])
    .join('');
}

function decode(text: string): Uint8Array {
  const bits = Array.from(text, (character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g)!.map((eight) => Number.parseInt(eight, 2)));
}
