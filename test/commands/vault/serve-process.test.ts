import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makePlace } from '../../helpers/play.ts';
import { partsOf, requestBytes, send } from '../../vault/serve/raw.ts';

const program = path.join(import.meta.dirname, '../../../bin/latchkey.cjs');
const isWindows = process.platform === 'win32';

let place: ReturnType<typeof makePlace>;
const children: ChildProcess[] = [];
beforeEach(() => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  place = makePlace();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  place.remove();
});

/** A server in a process of its own, once it has printed what it has to print. */
async function serve(...options: string[]) {
  return start([program, 'vault', 'serve', ...options]);
}

async function start(argv: string[], more: { env?: object; uid?: number } = {}) {
  const env = { ...place.environment, TMPDIR: place.place, ...more.env };
  const child = spawn(process.execPath, argv, { ...more, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  child.stderr.on('data', (data) => {
    said.err += data;
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (data) => {
      said.out += data;
      if (said.out.endsWith('\n')) resolve();
    });
    void ended.then(() => resolve());
  });
  return { child, said, ended };
}

async function untilItTakesNoMore(url: string): Promise<void> {
  while (await reaches(url));
}

const reaches = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Paths, where the system tells. */
function filesOpenIn({ pid }: ChildProcess): string[] {
  const folder = `/proc/${pid}/fd`;
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .map((one) => fs.readlinkSync(`${folder}/${one}`))
    .filter((file) => file.startsWith('/'));
}

/** A user who may not have every port. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
const canBeNobody = spawnSync(process.execPath, [program, '--version'], nobody).status === 0;

const exportsIn = (text: string) =>
  Object.fromEntries([...text.matchAll(/^export (\w+)='([^']*)'$/gm)].map(([, name, value]) => [name!, value!]));

function clientOf(text: string): SecretsManager {
  const variables = exportsIn(text);
  return new SecretsManager({
    endpoint: variables.AWS_ENDPOINT_URL,
    region: variables.AWS_REGION,
    credentials: { accessKeyId: variables.AWS_ACCESS_KEY_ID!, secretAccessKey: variables.AWS_SECRET_ACCESS_KEY! },
    maxAttempts: 1,
  });
}

describe.skipIf(isWindows)('the process of a server (POSIX signals and shells)', () => {
  test('what --print-env prints, a shell and an SDK can use', async () => {
    const { said } = await serve('--ephemeral', '--print-env');
    const script = `
      import { SecretsManager } from '@aws-sdk/client-secrets-manager';
      const secrets = new SecretsManager({ maxAttempts: 1 });
      await secrets.createSecret({ Name: 'a', SecretString: 'value' });
      console.log((await secrets.getSecretValue({ SecretId: 'a' })).SecretString, process.env.AWS_SESSION_TOKEN, process.env.NO_PROXY);`;
    const elsewhere = {
      AWS_PROFILE: 'prod',
      AWS_SESSION_TOKEN: 'x',
      NO_PROXY: 'inside.example',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://x.invalid',
    };
    const child = spawnSync('sh', ['-euc', 'eval "$PRINTED"; exec "$NODE" --input-type=module -e "$SCRIPT"'], {
      env: { ...place.environment, ...elsewhere, PRINTED: said.out, NODE: process.execPath, SCRIPT: script },
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
    expect(child.stdout).toBe('value undefined 127.0.0.1,inside.example\n');
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s: what is under way is answered, then it ends',
    async (signal) => {
      const { child, said, ended } = await serve('--ephemeral');
      const { hostname, port } = new URL(said.out.trim());
      const socket = net.connect(Number(port), hostname);
      let answer = '';
      socket.on('data', (data) => {
        answer += data;
      });
      await new Promise((resolve) =>
        socket.write(`POST / HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 2\r\n\r\n{`, resolve),
      );
      // Another connection is answered only after the first one's bytes have been seen.
      await fetch(said.out.trim(), { method: 'POST', body: '{}' });
      child.kill(signal);
      await untilItTakesNoMore(said.out.trim());
      socket.write('}');
      expect(await ended).toBe(0);
      expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
    },
  );

  test('a second signal does not wait', async () => {
    const { child, said, ended } = await serve('--ephemeral');
    const { hostname, port } = new URL(said.out.trim());
    const socket = net.connect(Number(port), hostname).on('error', () => {});
    await new Promise((resolve) => socket.write('POST / HTTP/1.1\r\nContent-Length: 2\r\n', resolve));
    await fetch(said.out.trim(), { method: 'POST', body: '{}' });
    child.kill('SIGTERM');
    await untilItTakesNoMore(said.out.trim());
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
  });

  test('SIGUSR1 opens no debugger, and does not end it', async () => {
    const { child, said, ended } = await start(['--inspect-port=0', program, 'vault', 'serve', '--ephemeral']);
    const url = said.out.trim();
    child.kill('SIGUSR1');
    for (let round = 0; round < 3; round += 1) await fetch(url, { method: 'POST', body: '{}' });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said).toEqual({ out: `${url}\n`, err: '' });
  });

  test('nothing of a request is said', async () => {
    const { child, said, ended } = await serve('--ephemeral');
    const url = said.out.trim();
    for (const body of ['{"SecretString":"hunter2"', '{"hunter2":"hunter2"}', 'hunter2'.repeat(200_000)]) {
      const headers = { 'x-amz-target': 'secretsmanager.CreateSecret', authorization: 'hunter2' };
      expect(await fetch(url, { method: 'POST', body, headers }).then((answer) => answer.text())).not.toContain(
        'hunter2',
      );
    }
    child.kill();
    await ended;
    expect(said.err).toBe('');
    expect(said.out).toBe(`${url}\n`);
  });

  test('nor when it fails', async () => {
    spawnSync(process.execPath, [program, 'vault', 'init'], { env: place.environment });
    const { child, said, ended } = await serve('--print-env');
    const secrets = clientOf(said.out);
    await secrets.createSecret({ Name: 'a', SecretString: 'hunter2' });
    const file = path.join(place.place, 'data/latchkey/vault.db');
    fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 0xff)); // in place: the file that it has open
    const trouble = await secrets.putSecretValue({ SecretId: 'a', SecretString: 'hunter3' }).catch((error) => error);
    expect(trouble).toMatchObject({ name: 'InternalServiceError', message: 'An error occurred on the server side.' });
    child.kill();
    await ended;
    expect(said.err).toBe('latchkey: error: VaultError\n');
  });

  test('a thousand connections at once, and one that stops half-way', async () => {
    const { child, said, ended } = await serve('--ephemeral', '--print-env', '--allow-unsigned');
    const url = exportsIn(said.out).AWS_ENDPOINT_URL!;
    const bytes = requestBytes(url, { 'x-amz-target': 'secretsmanager.ListSecrets' }, '{}');
    const half = net.connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise((resolve) => half.write(bytes.subarray(0, -1), resolve));
    const answers = await Promise.all(Array.from({ length: 1000 }, () => send(url, bytes)));
    expect(answers.filter((answer) => partsOf(answer).status !== 200)).toEqual([]);
    half.destroy();
    expect(partsOf(await send(url, bytes)).status).toBe(200);
    child.kill();
    expect(await ended).toBe(0);
    expect(said.err).toMatch(/^latchkey: warning: signatures are not checked.*\n$/);
  });

  test('--reset-path forgets, for POST alone', async () => {
    const { said } = await serve('--ephemeral', '--print-env', '--reset-path', '/reset');
    const secrets = clientOf(said.out);
    const reset = (method: string) => fetch(`${exportsIn(said.out).AWS_ENDPOINT_URL}/reset`, { method });
    const list = async () => (await secrets.listSecrets({})).SecretList!.length;
    await secrets.createSecret({ Name: 'a', SecretString: 'value' });
    expect([(await reset('GET')).ok, await list()]).toEqual([false, 1]);
    expect([(await reset('POST')).ok, await list()]).toEqual([true, 0]);
  });

  test('a port that is taken', async () => {
    const { said } = await serve('--ephemeral');
    const { port } = new URL(said.out.trim());
    const second = await serve('--ephemeral', '--port', port);
    expect(await second.ended).toBe(5);
    expect(second.said.err).toBe(
      `latchkey: error: port ${port} is in use\nlatchkey: hint: leave out --port for any free one\n`,
    );
  });

  test.skipIf(!canBeNobody)('a port that only root may have', async () => {
    const { said, ended } = await start([program, 'vault', 'serve', '--ephemeral', '--port', '1'], nobody);
    expect([await ended, said.err]).toEqual([
      4,
      'latchkey: error: you may not listen on port 1\nlatchkey: hint: choose one above 1023\n',
    ]);
  });

  test('a vault in memory leaves nothing', async () => {
    const { child, said, ended } = await serve('--ephemeral', '--print-env');
    await clientOf(said.out).createSecret({ Name: 'a', SecretString: 'value' });
    expect(filesOpenIn(child).filter((file) => !file.startsWith('/dev/'))).toEqual([]);
    child.kill();
    await ended;
    expect(fs.readdirSync(place.place).filter((name) => name !== '.cache')).toEqual([]);
  });

  test('a vault on the disk keeps what was answered, killed or not', async () => {
    spawnSync(process.execPath, [program, 'vault', 'init'], { env: place.environment });
    const { child, said, ended } = await serve('--print-env');
    const { ARN } = await clientOf(said.out).createSecret({ Name: 'a', SecretString: 'value' });
    child.kill('SIGKILL');
    await ended;
    const again = await serve('--print-env');
    expect((await clientOf(again.said.out).describeSecret({ SecretId: 'a' })).ARN).toBe(ARN);
  });

  test('a signal reaches the command, and its end is the server’s', async () => {
    const script = 'process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); console.log("up")';
    const { child, ended } = await serve('--ephemeral', '--exec', '--', process.execPath, '-e', script);
    child.kill('SIGTERM');
    expect(await ended).toBe(7);
  });

  test.each([
    ['its status', ['sh', '-c', 'exit 3'], 3],
    ['the signal that ends it', ['sh', '-c', 'kill -TERM $$'], 128 + 15],
    ['that it is not there', ['no-such-command-anywhere'], 127],
  ])('of a command: %s', async (_what, command, expected) => {
    expect(await (await serve('--ephemeral', '--exec', '--', ...command)).ended).toBe(expected);
  });

  test('a signal before the command has begun ends it all', async () => {
    spawnSync(process.execPath, [program, 'vault', 'init'], { env: place.environment });
    const keys = path.join(place.place, 'config/latchkey/keys');
    const key = fs.readFileSync(path.join(keys, fs.readdirSync(keys)[0]!));
    const pipe = path.join(place.place, 'key');
    spawnSync('mkfifo', ['-m', '600', pipe]);
    const env = { LATCHKEY_VAULT_KEY_FILE: pipe };
    const child = spawn(process.execPath, [program, 'vault', 'serve', '--exec', '--', 'touch', 'begun'], {
      env: { ...place.environment, ...env },
      cwd: place.place,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    const writer = await fs.promises.open(pipe, 'w'); // it waits for its key
    child.kill('SIGTERM');
    await writer.writeFile(key).catch(() => {});
    await writer.close();
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(fs.existsSync(path.join(place.place, 'begun'))).toBe(false);
  });
});
