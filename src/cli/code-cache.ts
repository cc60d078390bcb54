import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { cacheHome } from './cache-home.ts';

export interface CodeCache {
  /** The function that a CommonJS file is, compiled with the first cached code there is under one of `names`. */
  compile(file: string, names: string[]): ModuleFunction;
  /** Keeps what ran of each file: under `name` where verbs differ in what they run of it, else under `all`. Never fails. */
  save(name: string, differs: (file: string) => boolean): void;
}

type ModuleFunction = (
  exports: object,
  require: (id: string) => unknown,
  module: object,
  file: string,
  dir: string,
) => void;

/** Bundles in `dist`, their compiled code in a folder that only the user can write: a code cache is code. */
export function openCodeCache(dist: string): CodeCache {
  const folder = process.env.LATCHKEY_NO_CODE_CACHE ? undefined : cacheFolder(dist);
  const trusted = folder !== undefined && isOurs(folder);
  const compiled = new Map<string, { script: vm.Script; from?: string }>();

  function compile(file: string, names: string[]): ModuleFunction {
    const source = fs.readFileSync(path.join(dist, file), 'latin1'); // the bundler writes ASCII
    const found = trusted ? readFirst(names, (name) => cacheFile(folder, file, name)) : undefined;
    const cachedData = found?.data;
    const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
    const script = new vm.Script(wrapped, { filename: path.join(dist, file), cachedData });
    compiled.set(file, { script, from: script.cachedDataRejected ? undefined : found?.name });
    return script.runInThisContext();
  }

  function save(name: string, differs: (file: string) => boolean): void {
    if (folder === undefined) return;
    const nameOf = (file: string) => (differs(file) ? name : 'all');
    // Another verb's cache will do, but this verb's own has the functions that it runs.
    const missing = [...compiled].filter(([file, { from }]) => from !== nameOf(file));
    if (missing.length === 0) return;
    try {
      if (!trusted) makeFolder(folder);
      for (const [file, { script }] of missing) {
        writeWhole(cacheFile(folder, file, nameOf(file)), script.createCachedData());
      }
    } catch {
      // No cache is only slower: a read-only home, a full disk.
    }
  }

  return { compile, save };
}

const cacheFile = (folder: string, file: string, name: string) => path.join(folder, `${path.parse(file).name}.${name}`);

/** One folder a build and a Node version, since V8 tells two sources apart by their length alone. */
function cacheFolder(dist: string): string | undefined {
  const home = cacheHome(process.env);
  if (!home) return undefined;
  const { size, mtimeMs } = fs.statSync(path.join(dist, 'latchkey.cjs'));
  const build = `${size.toString(36)}-${Math.round(mtimeMs).toString(36)}`;
  return path.join(home, 'latchkey', `code-${build}-${process.version}-${process.arch}`);
}

function isOurs(folder: string): boolean {
  try {
    const { mode, uid } = fs.lstatSync(folder);
    if ((mode & fs.constants.S_IFMT) !== fs.constants.S_IFDIR) return false;
    return process.platform === 'win32' || (uid === process.getuid?.() && (mode & 0o077) === 0);
  } catch {
    return false;
  }
}

function makeFolder(folder: string): void {
  const parent = path.dirname(folder);
  fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
  fs.mkdirSync(folder, { mode: 0o700 });
  for (const old of fs.readdirSync(parent)) {
    const other = path.join(parent, old);
    if (old.startsWith('code-') && other !== folder) fs.rmSync(other, { recursive: true, force: true });
  }
}

/** The first of the caches that there is, and its name. */
function readFirst(names: string[], fileOf: (name: string) => string): { name: string; data: Buffer } | undefined {
  for (const name of names) {
    try {
      return { name, data: fs.readFileSync(fileOf(name)) };
    } catch {}
  }
  return undefined;
}

/** Another run may be writing the same file: each writes its own and renames it into place. */
function writeWhole(file: string, data: Uint8Array): void {
  const part = `${file}.${process.pid}`;
  fs.writeFileSync(part, data, { mode: 0o600 });
  fs.renameSync(part, file);
}
