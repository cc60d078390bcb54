import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace } from '../../helpers/play.ts';

const root = path.join(import.meta.dirname, '../../..');
const isBuilt = fs.existsSync(path.join(root, 'dist/start.cjs'));

/** The program as it is shipped, asking a server of ours. */
describe.skipIf(!isBuilt)('the bundle (skipped without dist)', () => {
  let place: ReturnType<typeof makePlace>;
  let server: http.Server;
  let answer: { status: number; body: string };
  beforeEach(async () => {
    place = makePlace();
    server = http.createServer((request, response) => {
      request.resume();
      response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
    place.remove();
  });

  async function doctor(environment: Record<string, string>) {
    const words = ['doctor', '--query', 'reverse(@)[0].[Result, Detail]'];
    const child = spawn(process.execPath, [path.join(root, 'bin/latchkey.cjs'), ...words], {
      env: { ...place.environment, AWS_REGION: 'us-east-1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[exit], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
    return { exit, stderr, found: JSON.parse(stdout) };
  }

  const credentials = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'for-tests' };
  const endpoint = () => ({ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

  it('says who it is', async () => {
    const body = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/me</Arn>
      </GetCallerIdentityResult></GetCallerIdentityResponse>`;
    answer = { status: 200, body };
    expect(await doctor({ ...credentials, ...endpoint() })).toEqual({
      ...{ exit: 0, stderr: '' },
      found: ['ok', 'arn:aws:iam::123456789012:user/me'],
    });
  });

  it.each([404, 407])('says that HTTP %i with a page is not how AWS speaks', async (status) => {
    answer = { status, body: '<html>no</html>' };
    expect(await doctor({ ...credentials, ...endpoint() })).toEqual({
      ...{ exit: 1, stderr: '' },
      found: ['problem', `what answers does not speak like AWS (HTTP ${status})`],
    });
  });

  it('says that there are no credentials, and both ways on', async () => {
    const { exit, found, stderr } = await doctor({ AWS_CONFIG_FILE: '/none', AWS_SHARED_CREDENTIALS_FILE: '/none' });
    expect({ exit, found, stderr }).toEqual({
      exit: 1,
      found: ['problem', 'no AWS credentials were found'],
      stderr: '',
    });
  });
});
