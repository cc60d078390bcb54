import type { Inspection } from '../../envelope/inspect.ts';

const ivLength = 12;
const tagLength = 16;
/** A frame's number, and in front of the last one's a mark and behind it a length. */
const numberLength = 4;

/** Bytes at the end of a message that hold a signature, whichever its length. */
export const tailLength = 128;

/**
 * Bytes of text in a message, from the sizes of its parts; undefined where they do not add up, since it is cut off, or
 * goes on behind its end. `tail` is the end of the message.
 */
export function textLength(header: Inspection, size: number, tail: Uint8Array): number | undefined {
  const footer = header.suite.signature ? footerLength(Buffer.from(tail)) : 0;
  if (footer === undefined) return undefined;
  const body = size - header.headerLength - footer;
  return header.frameLength === 0 ? blockText(body) : framedText(body, header.frameLength);
}

function blockText(body: number): number | undefined {
  const text = body - ivLength - 8 - tagLength;
  return text < 0 ? undefined : text;
}

/** Every frame but the last is full. */
function framedText(body: number, frameLength: number): number | undefined {
  const around = numberLength + ivLength + tagLength;
  const rest = body - around - 2 * numberLength;
  const frames = Math.floor(rest / (frameLength + around));
  const last = rest - frames * (frameLength + around);
  return rest < 0 || last > frameLength ? undefined : frames * frameLength + last;
}

/** A signature stands behind its length, and begins as every sequence of ASN.1 does. */
function footerLength(tail: Buffer): number | undefined {
  for (let length = 8; length + 2 <= tail.length; length += 1) {
    const at = tail.length - length;
    if (tail.readUInt16BE(at - 2) === length && tail[at] === 0x30 && tail[at + 1] === length - 2) return length + 2;
  }
  return undefined;
}
