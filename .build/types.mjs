import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const flags =
  '--ignoreConfig --declaration --emitDeclarationOnly --allowImportingTsExtensions --strict --skipLibCheck --target es2023 --module preserve --moduleResolution bundler --types node';

/** A file of ours that declarations refer to. */
const ours = /(?<=\bfrom ['"]|\bimport\(['"])(\.[^'"]+)\.ts(?=['"])/g;

/** Writes the types of the entries into `folder`, with those of the files that they refer to. */
export async function writeTypes(root, entries, folder) {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-types-'));
  try {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const args = [tsc, ...entries, ...flags.split(' '), '--rootDir', 'src', '--outDir', place];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    const wanted = entries.map((entry) => path.relative('src', entry).replace(/\.ts$/, ''));
    for (const name of wanted) {
      const types = fs.readFileSync(path.join(place, `${name}.d.ts`), 'utf8');
      for (const [, other] of types.matchAll(ours)) {
        const found = path.join(path.dirname(name), other);
        if (!wanted.includes(found)) wanted.push(found);
      }
      const file = path.join(folder, `${name}.d.ts`);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, types.replace(ours, '$1.js'));
    }
  } finally {
    fs.rmSync(place, { recursive: true });
  }
}
