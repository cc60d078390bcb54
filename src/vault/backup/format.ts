import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { VaultError } from '../errors.ts';
import type { Header } from '../store/header.ts';
import { isDerivation } from '../store/root-key.ts';

/*
 * A backup: a line that says what it is, a line of JSON (what opens it), then frames of 64 KiB of the vault's file.
 * A frame: length (4 bytes, big-endian) | value sealed under a key of this backup's own. Each is bound to the two lines,
 * to its number, and to whether it is the last: none can be changed, moved, left out or added.
 */
export const magic = 'latchkey backup 1';
export const frameLength = 64 * 1024;
/** What sealing adds to a frame: version, IV and tag. */
export const sealedFrameLength = frameLength + 1 + 12 + 16;

/** What a backup says of itself in the clear: enough for the vault's key, passphrase or recovery key to open it. */
export interface BackupHeader extends Header {
  /** 32 bytes; each backup has a key of its own. */
  readonly salt: Uint8Array;
}

export const newBackupHeader = (header: Header): BackupHeader => ({ ...header, salt: randomBytes(32) });

/** The two lines. */
export function printHeader({ id, account, created, derivation, masterKey, recovery, salt }: BackupHeader): string {
  const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');
  const json = { id, account, created: created.getTime(), derivation };
  const keys = { masterKey: base64(masterKey), recovery: base64(recovery), salt: base64(salt) };
  return `${magic}\n${JSON.stringify({ ...json, ...keys })}\n`;
}

/** Reads the second line. Throws a `VaultError` for one that is not as `printHeader` writes it. */
export function readHeader(line: string): BackupHeader {
  const { id, account, created, derivation, masterKey, recovery, salt } = parse(line) as Record<string, unknown>;
  const isWhole =
    typeof id === 'string' &&
    /^\d{12}$/.test(String(account)) &&
    Number.isSafeInteger(created) &&
    isDerivation(derivation) &&
    typeof masterKey === 'string' &&
    (recovery === null || typeof recovery === 'string') &&
    typeof salt === 'string';
  if (!isWhole) throw new VaultError('damaged', 'the header of the backup is damaged');
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  return {
    ...{ id, account: String(account), created: new Date(created as number), derivation },
    ...{
      masterKey: bytes(masterKey),
      recovery: recovery === null ? null : bytes(recovery as string),
      salt: bytes(salt),
    },
  };
}

function parse(line: string): object {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    return {};
  }
}

/** The key of one backup. */
export const backupKey = (masterKey: Uint8Array, { salt }: BackupHeader): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', masterKey, salt, 'latchkey vault backup 1', 32));

/** What each frame is bound to. */
export function frameBinding(header: string) {
  const digest = createHash('sha256').update(header).digest('hex');
  return (index: number, isLast: boolean) => ['backup', digest, String(index), isLast ? 'last' : 'more'];
}
