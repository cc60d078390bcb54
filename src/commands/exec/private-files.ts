import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

interface Content {
  readonly name: string;
  readonly value: string | Uint8Array;
}

/**
 * Writes values to files that only we and the child can read, in a folder that nobody else can enter. What it gives is
 * their paths by name, and how to remove them all.
 */
export function writePrivateFiles(contents: readonly Content[]): { paths: Map<string, string>; remove(): void } {
  if (contents.length === 0) return { paths: new Map(), remove: () => {} };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-')); // 0700 by its making
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  try {
    const paths = contents.map(({ name, value }): [string, string] => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, value, { mode: 0o600, flag: 'wx' });
      return [name, file];
    });
    return { paths: new Map(paths), remove };
  } catch (error) {
    remove();
    throw error;
  }
}
