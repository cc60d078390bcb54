import { createHash } from 'node:crypto';
import { headerFromJson, headerToJson, type SealedHeader, sealedFileKey } from '../sealed-header.ts';

/*
 * A backup: a line that says what it is, a line of JSON (what opens it), then frames of 64 KiB of the vault's file.
 * A frame: length (4 bytes, big-endian) | value sealed under a key of this backup's own. Each is bound to the two lines,
 * to its number, and to whether it is the last: none can be changed, moved, left out or added.
 */
export const magic = 'latchkey backup 1';
export const frameLength = 64 * 1024;
/** What sealing adds to a frame: version, IV and tag. */
export const sealedFrameLength = frameLength + 1 + 12 + 16;

/** The two lines. */
export const printHeader = (header: SealedHeader): string => `${magic}\n${JSON.stringify(headerToJson(header))}\n`;

/** Reads the second line. Throws a `VaultError` for one that is not as `printHeader` writes it. */
export const readHeader = (line: string): SealedHeader => headerFromJson(parse(line));

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The key of one backup. */
export const backupKey = (masterKey: Uint8Array, header: SealedHeader): Uint8Array =>
  sealedFileKey(masterKey, header, 'backup');

/** What each frame is bound to. */
export function frameBinding(header: string) {
  const digest = createHash('sha256').update(header).digest('hex');
  return (index: number, isLast: boolean) => ['backup', digest, String(index), isLast ? 'last' : 'more'];
}
