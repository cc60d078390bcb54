/**
 * What runs before the program: it loads the bundles beside it through V8's code cache, so that a second run skips
 * parsing and compiling. Bundled on its own, since it must be small.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { type CodeCache, openCodeCache } from './code-cache.ts';

interface Program {
  main(argv: string[]): Promise<number>;
  verbOf(argv: string[]): string;
}

export async function start(): Promise<void> {
  const argv = process.argv.slice(2);
  const cache = openCodeCache(__dirname);
  const names = namesFor(argv);
  const { main, verbOf } = loadBundle(cache, 'latchkey.cjs', names) as unknown as Program;
  const code = await main(argv);
  cache.save(nameOf(verbOf(argv)), hasVerbs);
  process.exit(code); // all is written and closed: no need to take the heap apart, which an end by itself would
}

/** What runs of the others does not depend on the verb. */
const hasVerbs = (file: string) => file === 'latchkey.cjs' || file.startsWith('verbs-');

const loaded = new Map<string, { exports: Record<string, unknown> }>();

/** A bundle's `require`: its sister bundles come through the cache, once each, all else from Node. */
function loadBundle(cache: CodeCache, file: string, verbs: string[]): Record<string, unknown> {
  const known = loaded.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const fromNode = createRequire(path.join(__dirname, file));
  const require = (id: string) => (id.startsWith('./') ? loadBundle(cache, id.slice(2), verbs) : fromNode(id));
  cache.compile(file, hasVerbs(file) ? verbs : ['all'])(
    module.exports,
    require,
    module,
    path.join(__dirname, file),
    __dirname,
  );
  return module.exports;
}

/*
 * Each verb has a cache of its own, holding just the functions it ran. Before the program is loaded nobody knows which
 * words of the command line are the verb, so every three, two and one of them are tried; what a run saves is named by
 * the verb the program itself found, never by somebody's data.
 */
function namesFor(argv: string[]): string[] {
  const end = argv.indexOf('--');
  const words = argv
    .slice(0, end < 0 ? undefined : end)
    .filter((word) => /^[a-z-]{2,16}$/.test(word) && word[0] !== '-');
  const verbs = words.slice(0, 4).flatMap((_, at) => [3, 2, 1].map((count) => words.slice(at, at + count).join(' ')));
  return [...new Set(verbs), ''].map(nameOf);
}

const nameOf = (verb: string) => verb.replaceAll(' ', '-') || 'help';
