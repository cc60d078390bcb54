import { Batch } from './batch.ts';
import { EnvelopeError } from './errors.ts';
import { type Frames, finalMark, finish, ivLength, longestBlock, tagLength } from './frame.ts';
import type { Reader } from './reader.ts';

/**
 * The text of a body in frames. Each is verified before any of it is given out, and the final one not before `verified` says that all of the message is true;
 * `holdBack` keeps back what was read together with it as well, so that something is missing even where the final frame is empty.
 */
export async function* openFrames(
  reader: Reader,
  frames: Frames,
  frameLength: number,
  verified: () => Promise<void>,
  { holdBack, reuse }: { holdBack: boolean; reuse: boolean },
): AsyncGenerator<Uint8Array> {
  const batch = new Batch(reuse);
  const whole = 4 + ivLength + frameLength + tagLength;
  let held: Uint8Array[] = [];
  for (let sequence = 1; ; sequence++) {
    if (batch.full || reader.length < whole) {
      const ready = holdBack ? held : batch.empty();
      if (holdBack) held = batch.empty();
      yield* ready;
    }
    await reader.atLeast(4);
    if (reader.peekUint32() === finalMark) {
      const last = await openFinal(reader, frames, sequence, frameLength);
      await verified();
      yield* held;
      yield* batch.empty();
      yield* last;
      return;
    }
    await reader.atLeast(whole);
    openFrame(reader, frames, sequence, frameLength, batch);
  }
}

function openFrame(reader: Reader, frames: Frames, sequence: number, length: number, batch: Batch): void {
  const start = reader.bytes(4 + ivLength);
  const sealed = reader.take(length);
  const tag = reader.bytes(tagLength);
  if (start.readUInt32BE() !== sequence) throw new EnvelopeError('body');
  for (const piece of frames.open('Frame', sequence, length, start.subarray(4), sealed, tag)) batch.add(piece);
}

async function openFinal(reader: Reader, frames: Frames, sequence: number, frameLength: number): Promise<Buffer[]> {
  const start = await reader.exactly(4 + 4 + ivLength + 4);
  const length = start.readUInt32BE(start.length - 4);
  if (start.readUInt32BE(4) !== sequence || length > frameLength) throw new EnvelopeError('body');
  await reader.atLeast(length + tagLength);
  return frames.open(
    'Final Frame',
    sequence,
    length,
    start.subarray(8, 8 + ivLength),
    reader.take(length),
    reader.bytes(tagLength),
  );
}

/** The text of a single block: held until all of the message is known to be true, or all but its last piece given out before if `unverified`. */
export async function* openBlock(
  reader: Reader,
  frames: Frames,
  verified: () => Promise<void>,
  unverified: boolean,
): AsyncGenerator<Uint8Array> {
  const start = await reader.exactly(ivLength + 8);
  const length = Number(start.readBigUInt64BE(ivLength));
  if (length > longestBlock) throw new EnvelopeError('body');
  const decipher = frames.opening('Single Block', 1, length, start.subarray(0, ivLength));
  const held: Buffer[] = [];
  for (let missing = length; missing > 0; ) {
    await reader.atLeast(1);
    for (const piece of reader.take(Math.min(reader.length, missing))) {
      held.push(decipher.update(piece));
      missing -= piece.length;
      if (unverified && held.length > 1) yield held.shift()!;
    }
  }
  decipher.setAuthTag(await reader.exactly(tagLength));
  finish(decipher);
  await verified();
  yield* held;
}
