import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ApiError } from '../../src/vault/errors.ts';
import { authenticateAnyone } from '../../src/vault/serve/authenticate.ts';
import { startServer } from '../../src/vault/serve/server.ts';
import { createVault } from '../../src/vault/vault.ts';

type Input = Record<string, unknown>;
type Hook = (operation: string, input: Input) => unknown;

/** A vault in memory behind a port, where a test sees each call before it is answered. */
export interface Door {
  readonly url: string;
  /** What a command needs to come in. */
  readonly environment: Record<string, string>;
  /** Asks the vault itself, past the hook. */
  call(operation: string, input: Input): Promise<Input>;
  /** Called with each call before the vault gets it; what it throws is the answer. */
  before: Hook;
  /** Called with each call that the vault has carried out. */
  after: Hook;
  close(): Promise<void>;
}

/** How AWS says that there were too many calls. */
export const throttling = () => new ApiError('ThrottlingException', 'Rate exceeded');

export async function openDoor(): Promise<Door> {
  const vault = await createVault({ file: ':memory:', secret: { key: Buffer.alloc(32, 7) }, account: '123456789012' });
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-rotation-'));
  const loose = { account: '123456789012', region: 'us-east-1' };
  const watched: typeof vault = Object.assign(Object.create(vault), {
    handle: async (call: Parameters<typeof vault.handle>[0]) => {
      await door.before(call.operation, call.input as Input);
      const answer = await vault.handle(call);
      await door.after(call.operation, call.input as Input);
      return answer;
    },
  });
  const { url, close } = await startServer({
    ...{ vault: watched, port: 0 },
    authenticate: (request) => authenticateAnyone(loose, request),
  });
  const door: Door = {
    url,
    environment: {
      ...{
        PATH: process.env.PATH ?? '',
        HOME: home,
        XDG_CACHE_HOME: path.join(os.tmpdir(), 'latchkey-rotation-cache'),
      },
      ...{ AWS_ENDPOINT_URL: url, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' },
      ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'for-tests' },
    },
    call: (operation, input) =>
      vault.handle({ service: 'secretsmanager', operation, input, region: 'us-east-1' }) as Promise<Input>,
    before: () => {},
    after: () => {},
    close: async () => {
      await close();
      vault.close();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
  return door;
}
