import { type Authentic, authenticate, type Expected } from './authenticate.ts';
import type { EncryptionContext } from './context.ts';
import { EnvelopeError } from './errors.ts';
import { Frames } from './frame.ts';
import type { Header } from './header.ts';
import type { Keyring } from './keyring.ts';
import { openBlock, openFrames } from './open-body.ts';
import { Reader } from './reader.ts';
import type { Verifier } from './signing.ts';

export interface OpenOptions extends Expected {
  /**
   * A single block has its only tag at its end, so it is held in memory until that is verified. True gives it out before, all but its last piece: for those
   * who write where nobody reads until the end, like a file that is renamed then.
   */
  readonly unverified?: boolean;
  /**
   * True gives out the same memory again: a piece is good until the next but one is asked for. Faster, for those who write one piece while the next is made.
   */
  readonly reuse?: boolean;
}

export interface Opened {
  /** Authenticated. */
  readonly header: Header;
  /** The stored context and what the caller brought. */
  readonly context: EncryptionContext;
  /** Throws EnvelopeError. The last frame is given out only after the signature is verified; nothing is final before the end. To be read once. */
  readonly plaintext: AsyncIterable<Uint8Array>;
}

/**
 * Opens a message with the first keyring that fits. The source must leave a piece alone until the next but one is asked for.
 * @throws EnvelopeError; what a keyring threw, where no other opened it
 */
export async function open(
  source: AsyncIterable<Uint8Array>,
  keyrings: readonly Keyring[],
  options: OpenOptions = {},
): Promise<Opened> {
  const reader = new Reader(source);
  try {
    const authentic = await authenticate(reader, keyrings, options);
    const { sealed, context } = authentic;
    return { header: sealed.header, context, plaintext: openBody(reader, authentic, options) };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

interface BodyOptions extends Pick<OpenOptions, 'unverified' | 'reuse'> {
  /** Is shown the body as it stands in the message, in pieces to be copied, the last of them when all is verified. */
  readonly witness?: (bytes: Uint8Array) => void;
}

/** The text behind a header that was just read. */
export async function* openBody(
  reader: Reader,
  { sealed: { header, bytes, iv, tag }, contentKey, verifier }: Authentic,
  { unverified = false, reuse = false, witness }: BodyOptions = {},
): AsyncGenerator<Uint8Array> {
  if (verifier) for (const part of header.suite.version === 1 ? [bytes, iv, tag] : [bytes, tag]) verifier.update(part);
  if (verifier || witness) {
    const both = (bytes: Uint8Array) => {
      verifier?.update(bytes);
      witness?.(bytes);
    };
    reader.watch(both, async () => verifier?.room());
  }
  const frames = new Frames(header, contentKey);
  const verified = () => checkEnd(reader, verifier);
  try {
    if (header.frameLength === 0) yield* openBlock(reader, frames, verified, unverified);
    else yield* openFrames(reader, frames, header.frameLength, verified, { holdBack: verifier !== undefined, reuse });
  } finally {
    await verifier?.close();
    await reader.close();
  }
}

/** What follows the body: the signature of a signed message, and nothing more. */
async function checkEnd(reader: Reader, verifier: Verifier | undefined): Promise<void> {
  reader.unwatch();
  const signature = verifier && (await reader.exactly((await reader.exactly(2)).readUInt16BE()));
  if (!(await reader.ended())) throw new EnvelopeError(verifier ? 'signature' : 'body');
  await verifier?.check(signature!);
}
