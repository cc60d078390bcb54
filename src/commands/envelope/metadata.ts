import fs from 'node:fs';
import { writing } from '../../files.ts';

/** Adds records to a file, a line of JSON each; only its owner can read a new one. Does nothing without a file. */
export function metadataWriter(file: string | undefined): { add(record: object): void; close(): void } {
  if (file === undefined) return { add() {}, close() {} };
  const fd = writing(file, () => fs.openSync(file, 'a', 0o600));
  return {
    add: (record) => fs.writeSync(fd, `${JSON.stringify(record)}\n`),
    close: () => fs.closeSync(fd),
  };
}
