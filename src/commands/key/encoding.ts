import { UserError } from '../../errors.ts';
import { fromBase64 } from './ciphertext.ts';

export const encodings = ['raw', 'base64', 'hex'] as const;
export type Encoding = (typeof encodings)[number];

/** Bytes that are written as said. Throws code `usage` for text that is not; never with the text. */
export function decode(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  if (encoding === 'raw') return bytes;
  const text = Buffer.from(bytes).toString('latin1').replace(/\s+/g, '');
  const form = encoding === 'hex' ? /^(?:[0-9a-fA-F]{2})+$/ : /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2,3}={0,2})?$/;
  if (form.test(text)) return Buffer.from(text, encoding);
  throw new UserError('usage', `that is not ${encoding}`);
}

const hexText = /^\s*(?:[0-9a-fA-F]{2}){16,}\s*$/;

/** Signatures and MACs: what is long and random is never hexadecimal or base64 by chance. */
export function fromAnyEncoding(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return hexText.test(text) ? Buffer.from(text.trim(), 'hex') : fromBase64(bytes);
}
