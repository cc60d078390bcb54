import { constants, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';

/**
 * PKCS #1 version 1.5, for messages of those who still wrap so; node:crypto has given it up, since whoever learns whether a padding was right can open
 * everything by asking often. So nobody learns: of a wrong padding comes a random key, as in TLS, and the message's own tag refuses it.
 * The text is 00 02, at least eight bytes that are not 0, 00, and the key, whose length is known. https://www.rfc-editor.org/rfc/rfc8017#section-7.2.2
 */
export function unwrapPkcs1(key: KeyObject, ciphertext: Uint8Array, length: number): Uint8Array | undefined {
  const padded = withoutPadding(key, ciphertext);
  if (!padded || padded.length < length + 11) return undefined;
  const end = padded.length - length;
  let wrong = padded[0]! | (padded[1]! ^ 2) | padded[end - 1]!;
  for (let at = 2; at < end - 1; at++) wrong |= isZero(padded[at]!);
  return choose(isZero(wrong), padded.subarray(end), randomBytes(length));
}

function withoutPadding(key: KeyObject, ciphertext: Uint8Array): Buffer | undefined {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, ciphertext);
  } catch {
    return undefined;
  }
}

/** 1 for 0, and 0 for any other byte, without a branch. */
const isZero = (byte: number) => ((byte - 1) >>> 31) & 1;

/** `yes` for 1, `no` for 0, in the same time. */
const choose = (which: number, yes: Uint8Array, no: Uint8Array) =>
  Uint8Array.from(no, (byte, at) => byte ^ (-which & (byte ^ yes[at]!)));
