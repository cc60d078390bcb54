import { VaultError } from '../errors.ts';

/** Runs `work`; what SQLite and the file system say of a failure becomes a `VaultError` that names the file. */
export function guard<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asVaultError(error, file);
  }
}

/** SQLite's and the file system's own words become one of the vault's; anything else passes through untouched. */
export function asVaultError(error: unknown, file: string): unknown {
  if (isUnreadable(error)) return damaged(file, error);
  const { code = '', message, errcode = codesByText[message] } = error as Error & { code?: string; errcode?: number };
  const reason = errcode === undefined ? systemReasons[code] : sqliteReasons[errcode & 0xff];
  return reason ? new VaultError(reason[0], `${reason[1]} (${file})`, error) : error;
}

const damaged = (file: string, cause: unknown) =>
  new VaultError('damaged', `the vault file is damaged (${file})`, cause);

/** JSON that is none, or a number beyond JavaScript's: the vault never wrote it. */
const isUnreadable = (error: unknown) =>
  error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ERR_OUT_OF_RANGE';

type Reason = readonly [VaultError['code'], string];

const broken: Reason = ['damaged', 'the vault file is damaged'];
const notAVault: Reason = ['not-a-vault', 'the file is not a latchkey vault'];
const busy: Reason = ['busy', 'another process is writing to the vault and did not finish within 10 seconds'];
const full: Reason = ['full', 'there is no space left to write the vault'];
const readOnly: Reason = ['denied', 'the vault cannot be written to'];
const closed: Reason = ['denied', 'the vault cannot be opened, or a file beside it cannot be made'];
const failing: Reason = ['full', 'the disk does not take the vault'];
const noFolder: Reason = ['missing', 'there is no folder for the vault'];

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). Its SQL is ours, so an error in it is in the schema. */
const sqliteReasons: Record<number, Reason> = {
  1: broken,
  5: busy,
  6: busy,
  8: readOnly,
  10: failing,
  11: broken,
  13: full,
  14: closed,
  26: notAVault,
};

/** The packaged build leaves the code out of some errors: SQLite's text for it is then all there is. */
const codesByText: Record<string, number> = {
  'database is locked': 5,
  'database table is locked': 6,
  'attempt to write a readonly database': 8,
  'disk I/O error': 10,
  'database disk image is malformed': 11,
  'database or disk is full': 13,
  'unable to open database file': 14,
  'file is not a database': 26,
};

const systemReasons: Record<string, Reason> = {
  EACCES: closed,
  EPERM: closed,
  EROFS: closed,
  ENOSPC: full,
  EDQUOT: full,
  EEXIST: ['exists', 'there is a file already'],
  ENOENT: noFolder,
  ENOTDIR: noFolder,
};
