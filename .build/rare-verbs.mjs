// Verbs that few runs call stand in bundles of their own, one for each noun: the program's own, which every first run
// has to parse, stays small whatever is added.
import fs from 'node:fs';
import path from 'node:path';

const often = new Set([
  ...['create', 'get', 'put', 'set', 'list', 'describe'].map((verb) => `secret/${verb}`),
  ...['put', 'get', 'list'].map((verb) => `param/${verb}`),
  ...['key/encrypt', 'key/decrypt', 'exec', 'doctor', 'vault/serve'],
]);

const tree = 'src/cli/tree.ts';
const page = /import\('\.\.\/commands\/([^']+)\.ts'\)/g;

/** Those that files are piped through by the thousand load nothing but their own. */
const alone = new Set(['encrypt', 'decrypt']);

/** `key/rotate/on` is in `verbs-key`. */
const bundleOf = (verb) => `verbs-${alone.has(verb) ? verb : verb.includes('/') ? verb.split('/')[0] : 'other'}`;

/** The bundles by name, and the verbs in each. */
export function rareVerbs(root) {
  const pages = fs.readFileSync(path.join(root, tree), 'utf8').matchAll(page);
  const verbs = [...new Set([...pages].map(([, verb]) => verb))].filter((verb) => !often.has(verb));
  const names = [...new Set(verbs.map(bundleOf))];
  return Object.fromEntries(names.map((name) => [name, verbs.filter((verb) => bundleOf(verb) === name)]));
}

/** Lets the table of contents look for them there. */
export const rareVerbsApart = {
  name: 'rare-verbs-apart',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]src[\\/]cli[\\/]tree\.ts$/ }, ({ path: file }) => ({
      loader: 'ts',
      contents: fs
        .readFileSync(file, 'utf8')
        .replace(page, (whole, verb) =>
          often.has(verb) ? whole : `import('./${bundleOf(verb)}.cjs').then((all) => all['${verb}'])`,
        ),
    }));
    onResolve({ filter: /^\.\/verbs-[a-z]+\.cjs$/ }, ({ path: wanted }) => ({ path: wanted, external: true }));
  },
};

/** What a bundle of verbs is made of. */
export const verbBundles = (root, bundles) => ({
  name: 'verb-bundles',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^verbs-[a-z]+$/ }, ({ path: name }) => ({ path: name, namespace: 'verbs' }));
    onLoad({ filter: /./, namespace: 'verbs' }, ({ path: name }) => ({
      loader: 'js',
      resolveDir: root,
      contents: bundles[name].map((verb) => `export * as '${verb}' from './src/commands/${verb}.ts';`).join('\n'),
    }));
  },
});
