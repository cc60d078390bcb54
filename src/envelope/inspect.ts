import { type Header, readHeader } from './header.ts';
import { Reader } from './reader.ts';

/** What a header says to everyone; nothing of it is authenticated. */
export interface Inspection extends Header {
  readonly version: 1 | 2;
  /** In bytes, with its tag. */
  readonly headerLength: number;
}

/**
 * Reads a header; needs no key, and reads no further.
 * @throws EnvelopeError `header`, `suite`, `truncated`
 */
export async function inspect(source: AsyncIterable<Uint8Array> | Uint8Array): Promise<Inspection> {
  const reader = new Reader(source instanceof Uint8Array ? once(source) : source);
  try {
    const { header, length } = await readHeader(reader);
    return { ...header, version: header.suite.version, headerLength: length };
  } finally {
    await reader.close();
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
