import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makePlace } from '../../helpers/play.ts';

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
  const child = spawn(process.execPath, [program, 'vault', 'serve', ...options], { env: place.environment });
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
    fs.writeFileSync(path.join(place.place, 'aws.env'), said.out);
    const script = '. ./aws.env; echo "$AWS_ENDPOINT_URL|$AWS_ACCESS_KEY_ID|$AWS_PROFILE."';
    const env = { ...place.environment, AWS_PROFILE: 'prod' };
    const shell = spawnSync('sh', ['-c', script], { cwd: place.place, env, encoding: 'utf8' });
    const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID } = exportsIn(said.out);
    expect(shell.stdout.trim()).toBe(`${AWS_ENDPOINT_URL}|${AWS_ACCESS_KEY_ID}|.`);
    const secrets = clientOf(said.out);
    await secrets.createSecret({ Name: 'a', SecretString: 'value' });
    expect((await secrets.getSecretValue({ SecretId: 'a' })).SecretString).toBe('value');
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
      await new Promise((resolve) => setTimeout(resolve, 50));
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
    while (
      await fetch(said.out.trim()).then(
        () => true,
        () => false,
      )
    ); // it takes no more
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
  });

  test('SIGUSR1 opens no debugger', async () => {
    const { child, said } = await serve('--ephemeral');
    child.kill('SIGUSR1');
    await fetch(said.out.trim(), { method: 'POST', body: '{}' });
    expect(said.err).not.toContain('Debugger');
    expect(child.exitCode).toBeNull();
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

  test('a port that is taken', async () => {
    const { said } = await serve('--ephemeral');
    const { port } = new URL(said.out.trim());
    const second = await serve('--ephemeral', '--port', port);
    expect(await second.ended).toBe(5);
    expect(second.said.err).toBe(
      `latchkey: error: port ${port} is in use\nlatchkey: hint: leave out --port for any free one\n`,
    );
  });

  test('a vault in memory leaves nothing', async () => {
    const { child, said, ended } = await serve('--ephemeral', '--print-env');
    await clientOf(said.out).createSecret({ Name: 'a', SecretString: 'value' });
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
});
