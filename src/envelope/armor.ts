import { EnvelopeError } from './errors.ts';

/** Bytes in a line of text: 48, which are 64 letters. */
const line = 48;

/** A message as base64 text in lines of 64 letters, for places that take no bytes (RFC 4648, section 4). */
export async function* armor(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const bytes of source) {
    const held = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const whole = held.length - (held.length % line);
    if (whole > 0) yield lines(held.subarray(0, whole));
    rest = Uint8Array.from(held.subarray(whole));
  }
  if (rest.length > 0) yield lines(rest);
}

function lines(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return Buffer.from(text.replace(/.{1,64}/g, '$&\n'));
}

/**
 * The message, whether it is armored or not: it begins with its version, 1 or 2, of which base64 makes an `A`. Lines may have any length, and end as they do
 * on Windows; every message has one text and no other.
 * @throws EnvelopeError `body` for what is not base64, `truncated`
 */
export async function* unarmor(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let armored: boolean | undefined;
  let rest = '';
  let padded = false;
  for await (const bytes of source) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (chunk.length > 0) armored ??= /^[A\s]/.test(chunk.toString('latin1', 0, 1));
    if (!armored) {
      yield bytes;
      continue;
    }
    const text = rest + chunk.toString('latin1').replace(/[\r\n\t ]/g, '');
    const whole = text.length - (text.length % 4);
    if (padded && text !== '') throw new EnvelopeError('body');
    if (whole > 0) yield decode(text.slice(0, whole));
    padded ||= text.endsWith('=', whole);
    rest = text.slice(whole);
  }
  if (rest !== '') throw new EnvelopeError('truncated');
}

function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new EnvelopeError('body');
  return bytes;
}
