// Bundles src into dist: one CommonJS file for the program, one for the rarer verbs of each noun, one for each SDK client, the tiny loader in front, and the
// entries for programs, with their types.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { writeLicences } from './licences.mjs';
import { rareVerbs, rareVerbsApart, verbBundles } from './rare-verbs.mjs';
import { slimSdk } from './slim-sdk.mjs';
import { writeTypes } from './types.mjs';

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
  external: ['@photostructure/sqlite', '@napi-rs/keyring', 'pg-native'],
  define: { 'import.meta.url': 'undefined', LATCHKEY_VERSION: JSON.stringify(version) },
};

/** What few runs need stands in bundles of its own, loaded when first imported: the program's own stays small. */
const apart = {
  'src/aws/sdk/secretsmanager.ts': 'sdk-secretsmanager',
  'src/aws/sdk/ssm.ts': 'sdk-ssm',
  'src/aws/sdk/kms.ts': 'sdk-kms',
  'src/aws/sdk/sts.ts': 'sdk-sts',
  'src/aws/sdk/credentials.ts': 'sdk-credentials',
  'src/vault/ssm/operations.ts': 'vault-ssm',
  'src/vault/kms/operations.ts': 'vault-kms',
  'src/vault/kms/curve-signatures.ts': 'vault-kms-curves',
  'src/vault/sts/operations.ts': 'vault-sts',
  'src/vault/serve/server.ts': 'serve',
  'src/commands/vault/rotations/runner.ts': 'rotations',
  'src/vault/backup/back-up.ts': 'backup',
  'src/vault/exchange/export.ts': 'export',
  'src/vault/exchange/import.ts': 'import',
  'src/commands/iam/policy.ts': 'iam',
  'src/rotation/rotators/postgres.ts': 'rotator-postgres',
  'src/rotation/rotators/mysql.ts': 'rotator-mysql',
  'src/output/table.ts': 'table',
  'src/formats/formats.ts': 'formats',
  'node_modules/yaml': 'yaml',
  'node_modules/@jmespath-community/jmespath': 'jmespath',
};

const partsApart = {
  name: 'parts-apart',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path: wanted, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = wanted.startsWith('.')
        ? path.relative(root, path.join(resolveDir, wanted))
        : `node_modules/${wanted}`;
      const part = apart[file.replaceAll('\\', '/')];
      return part && { path: `./${part}.cjs`, external: true };
    });
  },
};

/** Commander runs programs of its own for some commands; ours for none, and loading what runs them takes 4 ms. */
const commanderAlone = {
  name: 'commander-alone',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'left-out' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const entries = (wanted) =>
  Object.entries(apart)
    .filter(([, out]) => wanted(out))
    .map(([file, out]) => ({ in: file.replace('node_modules/', ''), out }));
const isClient = (out) => out.startsWith('sdk-') && out !== 'sdk-credentials';

const dist = path.join(root, 'dist');
fs.rmSync(dist, { recursive: true, force: true });
const toDist = { ...common, outdir: dist, outExtension: { '.js': '.cjs' } };
const verbs = rareVerbs(root);
const types = writeTypes(root, ['src/testing.ts', 'src/envelope.ts'], dist);
const builds = await Promise.all([
  build({ ...toDist, entryPoints: ['src/testing.ts', 'src/envelope.ts'] }),
  build({ ...toDist, entryPoints: [{ in: 'src/cli/start.ts', out: 'start' }] }),
  build({
    ...toDist,
    entryPoints: [{ in: 'src/cli/main.ts', out: 'latchkey' }],
    plugins: [rareVerbsApart, partsApart, commanderAlone],
  }),
  build({ ...toDist, entryPoints: Object.keys(verbs), plugins: [verbBundles(root, verbs), partsApart] }),
  build({ ...toDist, entryPoints: entries(isClient), plugins: [slimSdk] }),
  build({ ...toDist, entryPoints: entries((out) => !isClient(out)), plugins: [partsApart] }),
]);
writeLicences(
  root,
  builds.map(({ metafile }) => metafile),
);
await types;
