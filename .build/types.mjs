import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const flags =
  '--ignoreConfig --declaration --emitDeclarationOnly --allowImportingTsExtensions --strict --skipLibCheck --target es2023 --module preserve --moduleResolution bundler --types node';

/** Writes the types of one entry into `folder`; what it exports refers to nothing of its other files. */
export async function writeTypes(root, entry, folder) {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-types-'));
  try {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const args = [tsc, entry, ...flags.split(' '), '--rootDir', 'src', '--outDir', place];
    await promisify(execFile)(process.execPath, args, { cwd: root });
    const name = path.basename(entry).replace(/\.ts$/, '.d.ts');
    const types = fs.readFileSync(path.join(place, name), 'utf8');
    if (/\bimport\b.*['"]\./.test(types)) throw new Error(`${entry} exports types of other files`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), types);
  } finally {
    fs.rmSync(place, { recursive: true });
  }
}
