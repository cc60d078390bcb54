import { Batch } from './batch.ts';
import { type Frames, finalMark } from './frame.ts';
import type { Reader } from './reader.ts';

/** The text in frames of one length, and what is left in the final one: an empty one only where there is no text at all. */
export async function* sealFrames(
  reader: Reader,
  frames: Frames,
  frameLength: number,
  reuse: boolean,
  length?: number,
): AsyncGenerator<Uint8Array> {
  const batch = new Batch(reuse, frames.hashed);
  let sequence = 1;
  const frame = (final: boolean) => {
    const text = final ? reader.length : frameLength;
    const cipher = frames.sealing(final ? 'Final Frame' : 'Frame', sequence, text);
    batch.add(frameStart(sequence, final, text));
    for (const piece of reader.take(text)) for (const part of frames.parts(piece)) batch.add(cipher.update(part));
    cipher.final();
    batch.add(cipher.getAuthTag());
    sequence += 1;
  };
  do {
    while (reader.length > frameLength && !batch.full) {
      if (sequence === finalMark) throw new RangeError('too many frames for one message');
      frame(false);
    }
    yield* batch.empty();
  } while (reader.length > frameLength || (await reader.more()));
  const total = (sequence - 1) * frameLength + reader.length;
  if (length !== undefined && length !== total) throw wrongLength(length);
  frame(true);
  yield* batch.empty();
}

/** A frame's number and IV; the final one is marked, and says how long it is. */
function frameStart(sequence: number, final: boolean, length: number): Buffer {
  const start = Buffer.alloc(final ? 24 : 16);
  const at = final ? start.writeUInt32BE(finalMark) : 0;
  start.writeUInt32BE(sequence, at);
  start.writeUInt32BE(sequence, at + 12);
  if (final) start.writeUInt32BE(length, at + 16);
  return start;
}

/** The text as one block, under one tag; its IV is 1, as a first frame's. */
export async function* sealBlock(reader: Reader, frames: Frames, length: number): AsyncGenerator<Uint8Array> {
  const cipher = frames.sealing('Single Block', 1, length);
  const start = Buffer.alloc(20);
  start.writeUInt32BE(1, 8);
  start.writeBigUInt64BE(BigInt(length), 12);
  yield start;
  let missing = length;
  while (await reader.more()) {
    missing -= reader.length;
    if (missing < 0) throw wrongLength(length);
    for (const piece of reader.take(reader.length)) yield cipher.update(piece);
  }
  if (missing > 0) throw wrongLength(length);
  cipher.final();
  yield cipher.getAuthTag();
}

const wrongLength = (length: number) => new RangeError(`the text is not ${length} bytes long, as was said`);
