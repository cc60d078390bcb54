// One pass over one file in a process of its own: `node envelope-once.mjs TASK FROM TO [SUITE] [FRAME LENGTH]`. Prints the seconds from the first byte
// read to the last one on the disk, and the most memory that was ever held, in MiB.
// All but AWS's library read and write by the same two functions, and all but `cipher` flush as they write.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';

const require = createRequire(import.meta.url);
const [task, from, to, suite, frame] = process.argv.slice(2);
const frameLength = Number(frame);
const piece = 1024 * 1024;

/** The next piece is read while the last is worked on; each is good until the next but one is asked for. */
async function* read(file) {
  const buffers = Array.from({ length: 3 }, () => Buffer.allocUnsafeSlow(piece));
  for (let turn = 0, coming = file.read(buffers[0]); ; turn = (turn + 1) % 3) {
    const { bytesRead } = await coming;
    if (bytesRead === 0) return;
    coming = file.read(buffers[(turn + 1) % 3]);
    yield buffers[turn].subarray(0, bytesRead);
  }
}

/** One piece is written while the next is made; with `early` the disk gets to keep what was written while there is more, as `--out` has it. */
async function write(file, pieces, early) {
  let [writing, syncing, length] = [undefined, undefined, 0];
  for await (const bytes of pieces) {
    await writing;
    writing = file.write(bytes);
    length += bytes.length;
    if (!early || length < 24 * piece) continue;
    await syncing;
    [syncing, length] = [file.datasync(), 0];
  }
  await writing;
  await syncing;
  await file.sync();
}

/** Whoever has the message has the key: this measures no keyring. */
const openKeyring = {
  name: 'bench',
  wrap: async ({ plaintext }) => [{ provider: 'bench', info: Buffer.of(), ciphertext: plaintext }],
  unwrap: async ([{ ciphertext }]) => ciphertext,
};

const tasks = {
  async *cipher(source) {
    const cipher = createCipheriv('aes-256-gcm', randomBytes(32), Buffer.alloc(12));
    for await (const bytes of source) yield cipher.update(bytes);
    cipher.final();
    yield cipher.getAuthTag();
  },
  cipherEarly: (source) => tasks.cipher(source),
  async *hash(source) {
    const hash = createHash('sha384');
    for await (const bytes of source) hash.update(bytes);
    yield hash.digest();
  },
  seal: (source, { seal }) => seal(source, [openKeyring], { suite, frameLength, reuse: true }),
  async *open(source, { open }) {
    yield* (await open(source, [openKeyring], { reuse: true })).plaintext;
  },
};

function theirs() {
  const aws = require('@aws-crypto/client-node');
  const suiteId = Number.parseInt(suite, 16);
  const keyring = new aws.RawAesKeyringNode({
    ...{ keyName: 'bench', keyNamespace: 'bench', unencryptedMasterKey: Buffer.alloc(32) },
    wrappingSuite: aws.RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  return { client: aws.buildClient(aws.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT), keyring, suiteId };
}

/** As its own documentation pipes files through it. */
const streams = {
  aws: ({ client, keyring, suiteId }) => client.encryptStream(keyring, { suiteId, frameLength }),
  awsOpen: ({ client, keyring }) => client.decryptStream(keyring),
};

async function pass() {
  if (streams[task]) {
    const stream = streams[task](theirs());
    return () => pipeline(createReadStream(from), stream, createWriteStream(to, { flush: true }));
  }
  const ours = task === 'seal' || task === 'open' ? require('../../dist/envelope.cjs') : undefined;
  const [source, target] = [await fs.open(from), await fs.open(to, 'w', 0o600)];
  return () => write(target, tasks[task](read(source), ours), task !== 'cipher');
}

const passing = await pass();
const start = performance.now();
await passing();
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS / 1024 }));
