// The envelope against what the machine can do at all, AWS's library, age and openssl: whole files, from the first byte read to the last on the disk,
// side by side in one run, interleaved, medians. Each pass is a process of its own. `node test/bench/envelope.mjs 64` for another size than 256 and
// 1,024 MiB. Prints the README's tables.
import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [256, 1024];
const roundsOf = (megabytes) => (megabytes > 256 ? 3 : 5);
const once = path.join(import.meta.dirname, 'envelope-once.mjs');
const latchkey = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'));
const file = (name) => path.join(place, name);
// NODE_EXTRA_CA_CERTS costs every start of Node 20 some 50 ms: left out for all.
const env = { PATH: process.env.PATH, HOME: place, XDG_CACHE_HOME: file('cache') };

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const installed = (command) => !spawnSync(command, ['--version'], { env }).error;

function fill(name, bytes) {
  const [target, piece] = [fs.openSync(file(name), 'w'), Buffer.alloc(1024 * 1024)];
  for (let left = bytes; left > 0; left -= piece.length)
    fs.writeSync(target, randomFillSync(piece), 0, Math.min(left, piece.length));
  fs.fsyncSync(target);
  fs.closeSync(target);
}

/** Ends only once what was written is on the disk, whoever wrote it. */
function run(command, args, target) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with ${status}: ${stderr}`);
  if (target) flush(target);
  return { stdout, seconds: (performance.now() - start) / 1000 };
}

function flush(name) {
  const written = fs.openSync(name, 'r+');
  fs.fsyncSync(written);
  fs.closeSync(written);
}

const ours = (task, from, ...options) => ({
  pass: () => JSON.parse(run(process.execPath, [once, task, file(from), file('out'), ...options]).stdout),
});

/** A program that reads a file and writes another. */
const program = (command, args) => ({ pass: () => run(command, args, file('out')) });

/** Each in turn, round after round, each with a target that is not there yet; the median of the seconds, the most of the memory. */
function measure(passes, rounds) {
  const results = Object.fromEntries(Object.keys(passes).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, { pass }] of Object.entries(passes)) {
      fs.rmSync(file('out'), { force: true });
      results[name].push(pass());
    }
  fs.rmSync(file('out'), { force: true });
  return Object.fromEntries(
    Object.entries(results).map(([name, all]) => [
      name,
      { seconds: median(all.map(({ seconds }) => seconds)), memory: Math.max(...all.map(({ memory }) => memory)) },
    ]),
  );
}

function compare(megabytes, results, rows) {
  console.log();
  row(`${megabytes.toLocaleString('en')} MiB`, 'MiB/s', 'against', 'MiB/s', 'ratio', 'to reach');
  row('---', '---', '---', '---', '---', '---');
  const speed = ({ seconds }) => (megabytes / seconds).toFixed(0);
  for (const [what, name, against, base, goal] of rows)
    if (results[base]) {
      const ratio = results[base].seconds / results[name].seconds;
      row(what, speed(results[name]), against, speed(results[base]), ratio.toFixed(2), goal?.toFixed(1) ?? '');
    }
}

function keys() {
  run(process.execPath, [latchkey, 'keygen', '--out', file('key')]);
  const found = {};
  if (installed('age-keygen')) {
    run('age-keygen', ['-o', file('age.key')]);
    found.age = /age1\w+/.exec(fs.readFileSync(file('age.key'), 'utf8'))[0];
  }
  return found;
}

/** What reads the plain file and what reads the sealed one, by one key that everybody may know. */
function programs({ age }) {
  const keyed = (verb, from, ...more) =>
    program(process.execPath, [latchkey, verb, file(from), '--key-file', file('key'), '--out', file('out'), ...more]);
  return {
    encrypt: keyed('encrypt', 'plain', '--suite', '0478'),
    decrypt: keyed('decrypt', 'sealed.latchkey'),
    ...(age && { age: program('age', ['-r', age, '-o', file('out'), file('plain')]) }),
    ...(age && { ageOpen: program('age', ['-d', '-i', file('age.key'), '-o', file('out'), file('sealed.age')]) }),
    ...(installed('openssl') && { openssl: openssl() }),
  };
}

const openssl = () => {
  const cipher = ['-aes-256-ctr', '-K', '0'.repeat(64), '-iv', '0'.repeat(32)];
  return program('openssl', ['enc', ...cipher, '-in', file('plain'), '-out', file('out')]);
};

function seal(passes) {
  const makes = {
    'sealed.0478': ours('seal', 'plain', '0478', '65536'),
    'sealed.0578': ours('seal', 'plain', '0578', '65536'),
    'sealed.latchkey': passes.encrypt,
    ...(passes.age && { 'sealed.age': passes.age }),
  };
  for (const [name, { pass }] of Object.entries(makes)) {
    pass();
    fs.renameSync(file('out'), file(name));
  }
}

function wholeFiles(megabytes, found) {
  fill('plain', megabytes * 1024 * 1024);
  const passes = programs(found);
  seal(passes);
  const results = measure(
    {
      limit: ours('cipher', 'plain'),
      early: ours('cipherEarly', 'plain'),
      hash: ours('hash', 'plain'),
      sealUnsigned: ours('seal', 'plain', '0478', '65536'),
      openUnsigned: ours('open', 'sealed.0478'),
      sealSigned: ours('seal', 'plain', '0578', '65536'),
      openSigned: ours('open', 'sealed.0578'),
      ...passes,
    },
    roundsOf(megabytes),
  );
  compare(megabytes, results, [
    ['seal, unsigned (0478)', 'sealUnsigned', 'AES-256-GCM alone', 'limit', 0.9],
    ['open, unsigned', 'openUnsigned', 'AES-256-GCM alone', 'limit', 0.9],
    ['seal, unsigned', 'sealUnsigned', 'AES-256-GCM alone, flushed as it is written', 'early'],
    ['seal, signed (0578)', 'sealSigned', 'SHA-384 alone', 'hash', 0.8],
    ['open, signed', 'openSigned', 'SHA-384 alone', 'hash', 0.8],
    ['`encrypt --suite 0478`', 'encrypt', '`age`', 'age', 0.5],
    ['`decrypt`', 'decrypt', '`age -d`', 'ageOpen', 0.5],
    ['`encrypt --suite 0478`', 'encrypt', '`openssl enc -aes-256-ctr`', 'openssl'],
  ]);
}

const frames = { '4 KiB': '4096', '64 KiB': '65536', '1 MiB': '1048576' };
const framed = 256;

function frameLengths() {
  fill('plain', framed * 1024 * 1024);
  const passes = Object.entries(frames).flatMap(([name, length]) => {
    ours('seal', 'plain', '0478', length).pass();
    fs.renameSync(file('out'), file(`sealed.${length}`));
    ours('aws', 'plain', '0478', length).pass();
    fs.renameSync(file('out'), file(`aws.${length}`));
    return [
      [`seal ${name}`, ours('seal', 'plain', '0478', length)],
      [`aws seal ${name}`, ours('aws', 'plain', '0478', length)],
      [`open ${name}`, ours('open', `sealed.${length}`)],
      [`aws open ${name}`, ours('awsOpen', `aws.${length}`)],
    ];
  });
  const line = (verb, name) => [
    `${verb}, frames of ${name}`,
    `${verb} ${name}`,
    "AWS's library",
    `aws ${verb} ${name}`,
    5,
  ];
  compare(
    framed,
    measure(Object.fromEntries(passes), 3),
    ['seal', 'open'].flatMap((verb) => Object.keys(frames).map((name) => line(verb, name))),
  );
}

/** The most that was held at once, over files of growing size. */
function memory() {
  console.log();
  row('most memory', ...['1 MiB', '64 MiB', `${Math.max(...sizes)} MiB`]);
  row('---', '---', '---', '---');
  const held = { '0478': [], '0578': [], opened: [] };
  for (const megabytes of [1, 64, Math.max(...sizes)]) {
    fill('plain', megabytes * 1024 * 1024);
    for (const suite of ['0478', '0578']) held[suite].push(ours('seal', 'plain', suite, '65536').pass().memory);
    fs.renameSync(file('out'), file('sealed'));
    held.opened.push(ours('open', 'sealed').pass().memory);
  }
  const names = { '0478': 'seal, unsigned', '0578': 'seal, signed', opened: 'open, signed' };
  for (const [name, figures] of Object.entries(held))
    row(names[name], ...figures.map((mib) => `${mib.toFixed(0)} MiB`));
}

const many = 10_000;
const few = 50;

/** A folder in one process with one data key; one process each is measured on a few, which is kind to it. */
function smallFiles() {
  fs.mkdirSync(file('many'));
  for (let index = 0; index < many; index++) fill(`many/${index}`, 1024);
  const key = ['--key-file', file('key')];
  const folder = ['encrypt', file('many'), '--recursive', '--out', file('many.sealed'), ...key];
  const together = run(process.execPath, [latchkey, ...folder]).seconds;
  const start = performance.now();
  for (let index = 0; index < few; index++)
    run(process.execPath, [latchkey, 'encrypt', file(`many/${index}`), '--out', file(`one-${index}`), ...key]);
  const each = ((performance.now() - start) / 1000 / few) * many;
  console.log();
  row('10,000 files of 1 KiB', 'takes', 'times faster', 'to reach');
  row('---', '---', '---', '---');
  row('one process each', `${each.toFixed(0)} s`, '', '');
  row('`encrypt --recursive`', `${together.toFixed(1)} s`, (each / together).toFixed(0), '20');
}

try {
  const found = keys();
  console.log(`Node ${process.versions.node}, ${os.cpus().length} cores, medians, interleaved`);
  for (const megabytes of sizes) wholeFiles(megabytes, found);
  frameLengths();
  memory();
  smallFiles();
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}
