// Bundles src into dist: one CommonJS file for the program, one for each SDK client, and the tiny loader in front.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { writeLicences } from './licences.mjs';
import { slimSdk } from './slim-sdk.mjs';

const root = path.join(import.meta.dirname, '..');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** A script run with cached code cannot `import()`, so dynamic imports become requires of what is in the bundle. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  supported: { 'dynamic-import': false },
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  external: ['@photostructure/sqlite'],
  define: { 'import.meta.url': 'undefined', LATCHKEY_VERSION: JSON.stringify(version) },
};

/** The program finds the SDK's clients in bundles beside its own, loaded when first called. */
const sdkApart = {
  name: 'sdk-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/sdk\/[a-z]+\.ts$/ }, ({ path: file, kind }) =>
      kind === 'dynamic-import' ? { path: `./sdk-${path.basename(file, '.ts')}.cjs`, external: true } : undefined,
    );
  },
};

const sdkEntries = fs.readdirSync(path.join(root, 'src/aws/sdk')).map((file) => ({
  in: `src/aws/sdk/${file}`,
  out: `sdk-${path.basename(file, '.ts')}`,
}));

const dist = path.join(root, 'dist');
fs.rmSync(dist, { recursive: true, force: true });
const toDist = { ...common, outdir: dist, outExtension: { '.js': '.cjs' } };
const builds = await Promise.all([
  build({ ...toDist, entryPoints: [{ in: 'src/cli/start.ts', out: 'start' }] }),
  build({ ...toDist, entryPoints: [{ in: 'src/cli/main.ts', out: 'latchkey' }], plugins: [sdkApart] }),
  build({ ...toDist, entryPoints: sdkEntries, plugins: [slimSdk] }),
]);
writeLicences(
  root,
  builds.map(({ metafile }) => metafile),
);
