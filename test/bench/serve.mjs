// `latchkey vault serve` against moto's server, side by side in one run: the start, requests a second, memory; and what
// 100, 10,000 and 100,000 secrets change. The vault is a file on the disk, and every request's signature is checked.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { request, send } from './load.mjs';

const latchkey = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
const hasMoto = spawnSync('python3', ['-c', 'import moto.server']).status === 0;
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'));
const env = {
  ...{ PATH: process.env.PATH, HOME: place },
  ...{ LATCHKEY_VAULT: path.join(place, 'vault.db'), XDG_CACHE_HOME: path.join(place, 'cache') },
};

const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const listen = (port) => ['vault', 'serve', '--port', String(port)];
const commands = {
  latchkey: (port) => [process.execPath, [latchkey, ...listen(port)]],
  moto: (port) => ['python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)]],
};

/** Starts a server; resolves once it has answered a request, with the milliseconds that took. */
async function start(name, key) {
  const port = await freePort();
  const door = { url: `http://127.0.0.1:${port}`, ...key };
  const started = performance.now();
  const [command, args] = commands[name](port);
  const child = spawn(command, args, { env, stdio: 'ignore' });
  const probe = [request(door, 'secretsmanager', 'ListSecrets', {})];
  for (;;) {
    try {
      await send(door.url, probe, 1);
      break;
    } catch (error) {
      if (error.code !== 'ECONNREFUSED') throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  const milliseconds = performance.now() - started;
  const stop = () => new Promise((resolve) => child.on('exit', resolve).kill());
  return { door, milliseconds, stop, pid: child.pid };
}

/** MiB in memory, where the system tells. */
function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function loads(door) {
  const call = (service, operation, input) => request(door, service, operation, input);
  const value = () => ({ SecretString: `value ${randomUUID()}`, ClientRequestToken: randomUUID() });
  await send(door.url, [call('secretsmanager', 'CreateSecret', { Name: 'bench', ...value() })], 1);
  await send(door.url, [call('ssm', 'PutParameter', { Name: '/bench', Value: 'v', Type: 'SecureString' })], 1);
  const { bodies } = await send(door.url, [call('kms', 'CreateKey', {})], 1);
  const { KeyId } = JSON.parse(bodies[0]).KeyMetadata;
  return {
    GetSecretValue: () => call('secretsmanager', 'GetSecretValue', { SecretId: 'bench' }),
    GetParameter: () => call('ssm', 'GetParameter', { Name: '/bench', WithDecryption: true }),
    Encrypt: () => call('kms', 'Encrypt', { KeyId, Plaintext: 'aGVsbG8=' }),
    PutSecretValue: () => call('secretsmanager', 'PutSecretValue', { SecretId: 'bench', ...value() }),
  };
}

const rounds = 5;
const startRounds = 11;
const toReach = { 1: { PutSecretValue: 1, read: 6 }, 16: { PutSecretValue: 1, read: 10 } };
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const round = (number, digits = 0) => number.toFixed(digits);

async function compare(names, key) {
  const starts = Object.fromEntries(names.map((name) => [name, []]));
  for (let turn = 0; turn < startRounds; turn += 1) {
    for (const name of names) {
      const server = await start(name, key);
      starts[name].push(server.milliseconds);
      await server.stop();
    }
  }
  const servers = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await start(name, key)])));
  const of = {};
  for (const name of names) of[name] = await loads(servers[name].door);
  row('what', ...names, 'ratio', 'to reach');
  row(...['---', ...names, '---', '---'].map(() => '---'));
  const [ours, theirs = Number.NaN] = names.map((name) => median(starts[name]));
  row(
    'start to the first answer',
    ...names.map((name) => `${round(median(starts[name]))} ms`),
    round(ours / theirs, 2),
    '0.10',
  );
  for (const connections of [1, 16]) {
    for (const operation of Object.keys(of.latchkey)) {
      const rates = Object.fromEntries(names.map((name) => [name, []]));
      for (let turn = 0; turn < rounds; turn += 1) {
        for (const name of names) {
          const count = name === 'moto' ? 150 : 1500;
          const requests = Array.from({ length: count }, of[name][operation]);
          const { seconds } = await send(servers[name].door.url, requests, connections);
          rates[name].push(count / seconds);
        }
      }
      const [fast, slow = Number.NaN] = names.map((name) => median(rates[name]));
      const goal = toReach[connections][operation] ?? toReach[connections].read;
      const figures = names.map((name) => `${round(median(rates[name]))}/s`);
      row(`${operation}, ${connections} at once`, ...figures, round(fast / slow, 1), round(goal, 1));
    }
  }
  const memory = names.map((name) => memoryOf(servers[name].pid));
  row('memory afterwards', ...memory.map((mib) => `${round(mib)} MiB`), round(memory[0] / memory[1], 2), '');
  await Promise.all(Object.values(servers).map(({ stop }) => stop()));
}

async function grow(key) {
  console.log();
  row('secrets', 'GetSecretValue', 'first page of ListSecrets', 'last page', 'size of the vault');
  row('---', '---', '---', '---', '---');
  const { door, stop } = await start('latchkey', key);
  const call = (operation, input) => request(door, 'secretsmanager', operation, input);
  const nameOf = (index) => `grow/${String(index).padStart(6, '0')}`;
  let made = 0;
  for (const count of [100, 10_000, 100_000]) {
    while (made < count) {
      const some = Math.min(2000, count - made);
      const input = (index) => ({
        Name: nameOf(made + index),
        SecretString: 'value',
        ClientRequestToken: randomUUID(),
      });
      await send(
        door.url,
        Array.from({ length: some }, (_, index) => call('CreateSecret', input(index))),
        64,
      );
      made += some;
    }
    // Each is read once before: the first read of a day keeps the day, which is a write.
    const some = Array.from({ length: 1000 }, () => nameOf(Math.floor(Math.random() * count)));
    const reads = () => some.map((SecretId) => call('GetSecretValue', { SecretId }));
    await send(door.url, reads(), 64);
    const { seconds } = await send(door.url, reads(), 1);
    const page = async (input) => {
      const times = [];
      for (let turn = 0; turn < 9; turn += 1) {
        times.push(
          (await send(door.url, [call('ListSecrets', { SortBy: 'name', MaxResults: 50, ...input })], 1)).seconds,
        );
      }
      return `${round(median(times) * 1000, 1)} ms`;
    };
    const last = `["secrets name asc","${nameOf(count - 51)}","${nameOf(count - 51)}"]`;
    const size = fs.statSync(env.LATCHKEY_VAULT).size / 1024 / 1024;
    const NextToken = Buffer.from(last).toString('base64url');
    row(
      count.toLocaleString('en'),
      `${round((seconds / some.length) * 1e6)} µs`,
      await page({}),
      await page({ NextToken }),
      `${round(size)} MiB`,
    );
  }
  await stop();
}

try {
  spawnSync(process.execPath, [latchkey, 'vault', 'init', '--vault-file', env.LATCHKEY_VAULT], { env });
  const { stdout } = spawnSync(process.execPath, [latchkey, 'vault', 'keys', 'create', '--output', 'json'], { env });
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = JSON.parse(stdout);
  if (!hasMoto) console.log('moto is not installed: latchkey alone\n');
  await compare(hasMoto ? ['latchkey', 'moto'] : ['latchkey'], { accessKeyId, secretAccessKey });
  await grow({ accessKeyId, secretAccessKey });
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}
