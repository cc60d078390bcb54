// How long a command takes from start to end, against bare Node, a hand-written request and the AWS CLI: side by side
// in one run, interleaved, medians. `npm run bench -- 40` for 40 rounds (at least 20). Prints the README's table.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

if (isMainThread) await main();
else answerEverything();

/** A stand-in for the service that costs the client nothing: one canned answer, in a thread of its own. */
function answerEverything() {
  const answer = JSON.stringify({
    ARN: 'arn',
    Name: 'bench',
    VersionId: 'a'.repeat(32),
    SecretString: 'value',
    CreatedDate: 1,
  });
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': answer.length });
      response.end(answer);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
}

async function main() {
  const rounds = Math.max(20, Number(process.argv[2] ?? 30));
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'));
  const worker = new Worker(new URL(import.meta.url));
  try {
    const port = await new Promise((resolve) => worker.once('message', resolve));
    const commands = commandsOf(place, port);
    await measure(commands, rounds);
    report(commands, rounds);
  } finally {
    await worker.terminate();
    fs.rmSync(place, { recursive: true, force: true });
  }
}

function commandsOf(place, port) {
  const latchkey = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
  // NODE_EXTRA_CA_CERTS costs every start of Node 20 some 50 ms: left out for all.
  const home = { PATH: process.env.PATH, HOME: place, XDG_CACHE_HOME: path.join(place, 'cache') };
  const vault = { ...home, LATCHKEY_VAULT: '1' };
  const remote = {
    ...{
      ...home,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    },
    ...{ AWS_ACCESS_KEY_ID: 'AKIABENCH', AWS_SECRET_ACCESS_KEY: 'bench' },
  };
  const uncached = { XDG_CACHE_HOME: path.join(place, 'first-run') };
  const node = (args, env, before) => ({ file: process.execPath, args, env, before, times: [] });
  const forget = () => fs.rmSync(uncached.XDG_CACHE_HOME, { recursive: true, force: true });

  spawnSync(process.execPath, [latchkey, 'vault', 'init'], { env: vault });
  spawnSync(process.execPath, [latchkey, 'secret', 'create', 'bench'], { env: vault, input: 'value' });
  const [key, small] = [path.join(place, 'key'), path.join(place, 'small')];
  spawnSync(process.execPath, [latchkey, 'keygen', '--out', key], { env: home });
  fs.writeFileSync(small, 'value');
  const sealing = ['encrypt', small, '--key-file', key, '--out', `${small}.lk`, '--overwrite'];

  const commands = {
    bare: node(['-e', '0'], home),
    handWritten: node([path.join(import.meta.dirname, 'hand-written.cjs'), 'bench'], remote),
    help: node([latchkey, '--help'], home),
    vault: node([latchkey, 'secret', 'get', 'bench'], vault),
    http: node([latchkey, 'secret', 'get', 'bench'], remote),
    encrypt: node([latchkey, ...sealing], home),
    firstHelp: node([latchkey, '--help'], { ...home, ...uncached }, forget),
    firstVault: node([latchkey, 'secret', 'get', 'bench'], { ...vault, ...uncached }, forget),
    firstHttp: node([latchkey, 'secret', 'get', 'bench'], { ...remote, ...uncached }, forget),
  };
  const aws = [
    'secretsmanager',
    'get-secret-value',
    '--secret-id',
    'bench',
    '--query',
    'SecretString',
    '--output',
    'text',
  ];
  if (!spawnSync('aws', ['--version'], { env: home }).error)
    commands.awsCli = { file: 'aws', args: aws, env: remote, times: [] };
  return commands;
}

async function measure(commands, rounds) {
  for (let round = -2; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) {
      command.before?.();
      const time = await timeOf(name, command);
      if (round >= 0) command.times.push(time);
    }
  }
}

function timeOf(name, { file, args, env }) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stdout.resume();
    child.stderr.on('data', (part) => {
      errors += part;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(performance.now() - start);
      else reject(new Error(`${name} ended with ${code}: ${errors}`));
    });
  });
}

function report(commands, rounds) {
  const median = ({ times }) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
  const { bare, handWritten, awsCli } = commands;
  const rows = [
    ['`latchkey --help`', commands.help, bare, '`node -e 0`', 1.5],
    ['`secret get`, vault with a key file', commands.vault, bare, '`node -e 0`', 1.8],
    ['`encrypt` of a small file', commands.encrypt, bare, '`node -e 0`', 1.9],
    ['`secret get`, HTTP', commands.http, handWritten, 'a hand-written request', 1.7],
    ...(awsCli ? [['`secret get`, HTTP', commands.http, awsCli, `the AWS CLI`, 1 / 6]] : []),
    ['`latchkey --help`, first run', commands.firstHelp, bare, '`node -e 0`', 3.5],
    ['`secret get`, vault, first run', commands.firstVault, bare, '`node -e 0`', 3.5],
    ['`secret get`, HTTP, first run', commands.firstHttp, bare, '`node -e 0`', 3.5],
  ];
  const ms = (command) => `${median(command).toFixed(0)} ms`;
  console.log(`Node ${process.versions.node}, ${os.cpus().length} cores, medians of ${rounds}, interleaved\n`);
  console.log('| what | takes | against | takes | ratio | to reach |\n|---|---|---|---|---|---|');
  for (const [what, command, base, against, target] of rows) {
    const ratio = median(command) / median(base);
    console.log(`| ${what} | ${ms(command)} | ${against} | ${ms(base)} | ${ratio.toFixed(2)} | ${target.toFixed(2)} |`);
  }
  if (!awsCli) console.log('\nThe AWS CLI is not installed here: that row is left out.');
}
