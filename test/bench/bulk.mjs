// Thousands of items from an endpoint that answers after 25 ms and has no limit, against one call after another; and the
// same where every second call is throttled. The calls one after another come from a client that costs nothing.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { json } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { request, send } from './load.mjs';

const count = 2000;
const many = 10_000;
const delay = 25;
const key = { accessKeyId: 'AKIABENCH', secretAccessKey: 'bench' };
const latchkey = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'));

async function standIn(workerData, use) {
  const worker = new Worker(new URL('./stand-in.mjs', import.meta.url), { workerData: { delay, ...workerData } });
  try {
    return await use(await new Promise((resolve) => worker.once('message', resolve)));
  } finally {
    await worker.terminate();
  }
}

/** The whole process, from start to end: seconds, and how many items came. */
async function run(url, args) {
  const env = {
    ...{ PATH: process.env.PATH, HOME: place, XDG_CACHE_HOME: path.join(place, 'cache') },
    ...{ AWS_ENDPOINT_URL: url, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
  };
  const start = performance.now();
  const child = spawn(process.execPath, [latchkey, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const values = await json(child.stdout);
  const seconds = (performance.now() - start) / 1000;
  const wrong = Object.entries(values).filter(([name, value]) => value !== `value of /bench/${name}`);
  if (wrong.length > 0) throw new Error(`${wrong.length} values are not what was stored`);
  return { seconds, items: Object.keys(values).length };
}

/** What a page says of the next is known beforehand here: where it begins. */
const pages = (url) =>
  Array.from({ length: count / 10 }, (_, index) => ({ Path: '/bench', NextToken: String(index * 10) })).map((input) =>
    request({ url, ...key }, 'ssm', 'GetParametersByPath', input),
  );

const singles = (url) =>
  namesOf(count).map((SecretId) => request({ url, ...key }, 'secretsmanager', 'GetSecretValue', { SecretId }));

const exportOf = (kind) => ['export', `${kind}:/bench/`, '--format', 'json'];
const namesOf = (length) => Array.from({ length }, (_, index) => `/bench/${String(index).padStart(5, '0')}`);
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const figure = (seconds) => `${seconds.toFixed(1)} s`;

async function compare(url) {
  const rows = [
    ['param', 'GetParametersByPath, page by page', pages, 3],
    ['secret', 'GetSecretValue, one by one', singles, 8],
  ];
  row('what', 'takes', 'against', 'takes', 'times faster', 'to reach');
  row('---', '---', '---', '---', '---', '---');
  for (const [kind, against, requests, goal] of rows) {
    await run(url, exportOf(kind)); // the first run compiles
    const ours = await run(url, exportOf(kind));
    if (ours.items !== count) throw new Error(`${ours.items} of ${count} came`);
    const theirs = await send(url, requests(url), 1);
    const ratio = theirs.seconds / ours.seconds;
    const what = `\`export ${kind}:/bench/\`, ${count.toLocaleString('en')}`;
    row(what, figure(ours.seconds), against, figure(theirs.seconds), ratio.toFixed(1), goal.toFixed(1));
  }
}

async function throttle(url) {
  console.log();
  row('with 50 % of calls throttled', 'takes', 'lost');
  row('---', '---', '---');
  for (const kind of ['param', 'secret']) {
    const { seconds, items } = await run(url, exportOf(kind));
    row(`\`export ${kind}:/bench/\`, ${many.toLocaleString('en')}`, figure(seconds), many - items);
  }
}

try {
  await standIn({ count, throttled: 0 }, compare);
  await standIn({ count: many, throttled: 50 }, throttle);
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}
