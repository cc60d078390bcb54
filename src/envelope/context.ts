import { EnvelopeError } from './errors.ts';

/** Pairs that are authenticated with the message, and stored in its header in the open. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** Where a signed message keeps its public key; `aws-crypto-` is the format's own, and nobody else's. */
export const publicKeyName = 'aws-crypto-public-key';
export const reservedPrefix = 'aws-crypto-';

const longest = 65_535;

/**
 * A context as bytes: the number of pairs (2 bytes), then each key and value behind its length (2 bytes), sorted by the keys' UTF-8 bytes. No pairs are no
 * bytes. The length that stands in front of it in a header is not part of it.
 * @throws RangeError over 65,535 bytes, or for half a surrogate pair
 */
export function serialiseContext(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).map((pair) => pair.map(utf8) as [Buffer, Buffer]);
  return serialisePairs(pairs.sort(([a], [b]) => Buffer.compare(a, b)));
}

/**
 * The same, with the keys in the order of a dictionary (`a` before `B`). Nothing is written so; AWS's library for JavaScript does it where a raw AES key wraps a
 * data key, unless it is told `utf8Sorting`.
 */
export function serialiseContextByLocale(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return serialisePairs(pairs.map((pair) => pair.map(utf8) as [Buffer, Buffer]));
}

function serialisePairs(pairs: readonly [Buffer, Buffer][]): Buffer {
  if (pairs.length === 0) return Buffer.alloc(0);
  const bytes = Buffer.concat([uint16(pairs.length), ...pairs.flat().flatMap((text) => [uint16(text.length), text])]);
  if (bytes.length > longest) throw new RangeError(`the encryption context is ${bytes.length} bytes, over ${longest}`);
  return bytes;
}

function utf8(text: string): Buffer {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('the encryption context is not valid Unicode');
  return Buffer.from(text, 'utf8');
}

function uint16(value: number): Buffer {
  if (value > longest) throw new RangeError(`a part of the encryption context is longer than ${longest} bytes`);
  return Buffer.of(value >> 8, value & 0xff);
}

/**
 * The mirror image of `serialiseContext`; nothing else is accepted: every context has one form.
 * @throws EnvelopeError `header`
 */
export function parseContext(bytes: Buffer): EncryptionContext {
  const context: Record<string, string> = Object.create(null);
  if (bytes.length === 0) return context;
  let at = 0;
  const need = (ok: boolean) => {
    if (!ok) throw new EnvelopeError('header');
  };
  const part = (length: number) => {
    at += length;
    need(at <= bytes.length);
    return bytes.subarray(at - length, at);
  };
  const text = () => part(part(2).readUInt16BE());
  const pairs = part(2).readUInt16BE();
  need(pairs > 0);
  for (let pair = 0, last: Buffer | undefined; pair < pairs; pair++) {
    const key = text();
    need(last === undefined || Buffer.compare(last, key) < 0);
    context[unicode(key)] = unicode(text());
    last = key;
  }
  need(at === bytes.length);
  return context;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function unicode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new EnvelopeError('header');
  }
}
