// KMS through a vault's own `handle()`, the vault a file on the disk, against node:crypto alone in the same process: what each does in a second,
// in turns, medians. One caller waits for each answer, or sixteen do. Prints the README's table. `node test/bench/kms.mjs ECC` for some of the rows.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '../..');
const wanted = process.argv[2] ?? '';
const rounds = 9;
const roundMilliseconds = 150;
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'));
const message = crypto.randomBytes(1024);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const rate = (number) => `${Math.round(number).toLocaleString('en')}/s`;

/** The vault as the program has it, in one file; under node_modules, from where it finds SQLite. */
async function loadVault() {
  const outfile = path.join(root, 'node_modules/.cache/latchkey-bench/vault.cjs');
  await build({
    ...{ entryPoints: [path.join(root, 'src/vault/vault.ts')], outfile, bundle: true, minify: true },
    ...{ platform: 'node', format: 'cjs', target: 'node20.19', supported: { 'dynamic-import': false } },
    ...{ external: ['@photostructure/sqlite'], define: { 'import.meta.url': 'undefined' }, logLevel: 'error' },
  });
  return createRequire(import.meta.url)(outfile);
}

async function openVault() {
  const { createVault } = await loadVault();
  const file = path.join(place, 'vault.db');
  const vault = await createVault({ file, secret: { key: crypto.randomBytes(32) }, account: '123456789012' });
  const ask = (operation, input) => vault.handle({ service: 'kms', operation, input, region: 'eu-west-1' });
  const newKey = async (KeySpec, KeyUsage) => (await ask('CreateKey', { KeySpec, KeyUsage })).KeyMetadata.KeyId;
  return { vault, ask, newKey };
}

/** What a second holds of one task, `callers` at once; those that are not asynchronous come one after another. */
async function measure(task, callers) {
  const end = performance.now() + roundMilliseconds;
  let done = 0;
  const start = performance.now();
  const call = async () => {
    while (performance.now() < end) {
      await task();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return done / ((performance.now() - start) / 1000);
}

function measureBare(task) {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < roundMilliseconds) {
    task();
    done += 1;
  }
  return done / ((performance.now() - start) / 1000);
}

async function compare(name, ours, bare, goal) {
  const rates = { one: [], many: [], bare: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const [one, many, alone] = [await measure(ours, 1), await measure(ours, 16), measureBare(bare)];
    if (round === 0) continue; // warms up
    rates.one.push(one);
    rates.many.push(many);
    rates.bare.push(alone);
  }
  const [one, many, alone] = [median(rates.one), median(rates.many), median(rates.bare)];
  row(name, rate(one), rate(many), rate(alone), (one / alone).toFixed(2), (many / alone).toFixed(2), goal);
}

const hashOf = (algorithm) => `sha${algorithm.slice(-3)}`;
const pss = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST };

const signing = [
  ...['RSA_2048', 'RSA_3072', 'RSA_4096'].flatMap((spec) => [
    [spec, 'RSASSA_PKCS1_V1_5_SHA_256', ['rsa', { modulusLength: Number(spec.slice(4)) }], {}],
    [spec, 'RSASSA_PSS_SHA_256', ['rsa', { modulusLength: Number(spec.slice(4)) }], pss],
  ]),
  ['ECC_NIST_P256', 'ECDSA_SHA_256', ['ec', { namedCurve: 'prime256v1' }], {}],
  ['ECC_NIST_P384', 'ECDSA_SHA_384', ['ec', { namedCurve: 'secp384r1' }], {}],
  ['ECC_NIST_P521', 'ECDSA_SHA_512', ['ec', { namedCurve: 'secp521r1' }], {}],
  ['ECC_SECG_P256K1', 'ECDSA_SHA_256', ['ec', { namedCurve: 'secp256k1' }], {}],
  ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', ['ed25519', {}], {}],
];

async function signAndVerify({ ask, newKey }, [spec, SigningAlgorithm, [type, options], padding]) {
  const name = `${spec}${spec.startsWith('RSA') ? `, ${SigningAlgorithm.split('_SHA')[0].replace('RSASSA_', '')}` : ''}`;
  if (!name.includes(wanted)) return;
  const hash = type === 'ed25519' ? null : hashOf(SigningAlgorithm);
  const { privateKey, publicKey } = crypto.generateKeyPairSync(type, options);
  const signature = crypto.sign(hash, message, { key: privateKey, ...padding });
  const input = { KeyId: await newKey(spec, 'SIGN_VERIFY'), Message: message, SigningAlgorithm };
  const { Signature } = await ask('Sign', input);
  await compare(
    `Sign, ${name}`,
    () => ask('Sign', input),
    () => crypto.sign(hash, message, { key: privateKey, ...padding }),
    0.5,
  );
  await compare(
    `Verify, ${name}`,
    () => ask('Verify', { ...input, Signature }),
    () => crypto.verify(hash, message, { key: publicKey, ...padding }, signature),
    0.5,
  );
}

async function mac({ ask, newKey }, spec) {
  if (!spec.includes(wanted)) return;
  const [MacAlgorithm, key] = [spec.replace('HMAC_', 'HMAC_SHA_'), crypto.randomBytes(Number(spec.slice(-3)) / 8)];
  const input = { KeyId: await newKey(spec, 'GENERATE_VERIFY_MAC'), Message: message, MacAlgorithm };
  await compare(
    `GenerateMac, ${spec}`,
    () => ask('GenerateMac', input),
    () => crypto.createHmac(hashOf(spec), key).update(message).digest(),
    '',
  );
}

/** AES-256-GCM with the same additional data, which is what the vault does with a symmetric key. */
function bareCipher() {
  const [key, context] = [crypto.randomBytes(32), Buffer.from('encryption context, team, red')];
  const seal = (plaintext) => {
    const cipher = crypto.createCipheriv('aes-256-gcm', key, crypto.randomBytes(12));
    cipher.setAAD(context);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  };
  const iv = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv('aes-256-gcm', key, iv).setAAD(context);
  const [sealed, tag] = [Buffer.concat([cipher.update(message), cipher.final()]), cipher.getAuthTag()];
  const open = () => {
    const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(context).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  };
  return { seal, open };
}

async function encryption({ ask, newKey }) {
  if (!'SYMMETRIC_DEFAULT'.includes(wanted)) return;
  const { seal, open } = bareCipher();
  const input = { KeyId: await newKey(), EncryptionContext: { team: 'red' } };
  const { CiphertextBlob } = await ask('Encrypt', { ...input, Plaintext: message });
  const data = { ...input, KeySpec: 'AES_256' };
  const rows = {
    Encrypt: [() => ask('Encrypt', { ...input, Plaintext: message }), () => seal(message)],
    Decrypt: [() => ask('Decrypt', { ...input, CiphertextBlob }), open],
    GenerateDataKey: [() => ask('GenerateDataKey', data), () => seal(crypto.randomBytes(32))],
  };
  for (const [name, [ours, bare]] of Object.entries(rows)) await compare(`${name}, SYMMETRIC_DEFAULT`, ours, bare, '');
}

try {
  const opened = await openVault();
  console.log(`Node ${process.versions.node}, ${os.cpus().length} cores, messages of 1 KiB\n`);
  row('operation', 'one at once', '16 at once', 'node:crypto', 'ratio', 'ratio of 16', 'to reach');
  row('---', '---', '---', '---', '---', '---', '---');
  for (const one of signing) await signAndVerify(opened, one);
  for (const spec of ['HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512']) await mac(opened, spec);
  await encryption(opened);
  opened.vault.close();
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}
