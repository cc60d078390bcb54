import fs from 'node:fs';
import { newSealedHeader } from '../sealed-header.ts';
import { type Database, statement } from '../store/database.ts';
import type { Header } from '../store/header.ts';
import { seal } from '../store/sealing.ts';
import { beside } from './beside.ts';
import { backupKey, frameBinding, frameLength, printHeader } from './format.ts';

const vacuumInto = statement('VACUUM INTO ?');

interface BackUp {
  readonly database: Database;
  readonly header: Header;
  readonly masterKey: Uint8Array;
  /** Where the backup goes; it must not be there yet. */
  readonly file: string;
}

/**
 * Writes one sealed file that holds the vault as it is at one moment, whoever else is writing to it. The file is whole
 * and on the disk when this returns, or not there. Throws Node's own errors.
 */
export function backUp({ database, header, masterKey, file }: BackUp): void {
  const [copy, part] = [beside(file), beside(file)];
  try {
    fs.closeSync(fs.openSync(copy, 'wx', 0o600)); // private before SQLite writes to it
    vacuumInto.run(database, copy);
    sealFile(copy, part, header, masterKey);
    fs.linkSync(part, file);
  } finally {
    for (const temporary of [copy, part]) fs.rmSync(temporary, { force: true });
  }
}

function sealFile(from: string, to: string, vault: Header, masterKey: Uint8Array): void {
  const header = newSealedHeader(vault);
  const printed = printHeader(header);
  const [key, binding] = [backupKey(masterKey, header), frameBinding(printed)];
  const [input, output] = [fs.openSync(from, 'r'), fs.openSync(to, 'wx', 0o600)];
  try {
    fs.writeFileSync(output, printed);
    const size = fs.fstatSync(input).size;
    const frame = Buffer.alloc(frameLength);
    for (let at = 0, index = 0; at < size; at += frameLength, index += 1) {
      const length = fs.readSync(input, frame, 0, frameLength, at);
      const sealed = seal(key, binding(index, at + length >= size), frame.subarray(0, length));
      fs.writeFileSync(output, lengthOf(sealed));
      fs.writeFileSync(output, sealed);
    }
    fs.fsyncSync(output);
  } finally {
    fs.closeSync(input);
    fs.closeSync(output);
  }
}

function lengthOf(sealed: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(sealed.length);
  return length;
}
