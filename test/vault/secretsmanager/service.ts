import { randomBytes, randomUUID } from 'node:crypto';
import type { SecretsManager } from '../../../src/aws/services.ts';
import { ApiError } from '../../../src/vault/errors.ts';
import type { Keys } from '../../../src/vault/kms/data-keys.ts';
import type { Call } from '../../../src/vault/operation.ts';
import { operations } from '../../../src/vault/secretsmanager/operations.ts';
import { secretsManagerSchema } from '../../../src/vault/secretsmanager/rows.ts';
import { fromNative, validate } from '../../../src/vault/shape.ts';
import { openDatabase } from '../../../src/vault/store/database.ts';
import { sealerOf } from '../../../src/vault/store/sealing.ts';

export const account = '123456789012';
export const region = 'eu-west-1';
export const day = 24 * 60 * 60 * 1000;

/** The service alone, with keys that are always there, called as clients call it. */
export async function openService() {
  let now = new Date('2026-03-01T10:00:00.500Z');
  const database = openDatabase(':memory:');
  database.exec(secretsManagerSchema);
  const sealer = sealerOf(randomBytes(32));
  const ids: Record<string, string> = { 'alias/one': 'key-one', 'alias/two': 'key-two' };
  const keys: Keys = {
    resolve: (_service, id = 'managed') => {
      if (id !== 'managed' && !ids[id]) throw new ApiError('NotFoundException', `Invalid keyId '${id}'`);
      return `arn:aws:kms:${region}:${account}:key/${ids[id] ?? id}`;
    },
    seal: (_key, binding, plaintext) => sealer.seal(binding, plaintext),
    open: (binding, sealed) => sealer.open(binding, sealed),
  };
  const handle = async (name: keyof typeof operations, input: object, inRegion: string) => {
    const operation = operations[name];
    const native = fromNative(operation.input, input);
    validate(operation.input, native);
    const later: (() => void)[] = [];
    const call: Call = {
      account,
      region: inRegion,
      principal: '',
      now,
      database,
      sealer,
      keys,
      afterwards: (w) => later.push(w),
    };
    const answer = database.transaction(operation.writes ? 'write' : 'read', () => operation.run(call, native));
    for (const w of later) w();
    return answer;
  };
  const clientIn = (place: string) =>
    clientOver((operation, input) => handle(operation as keyof typeof operations, input, place));
  return {
    secrets: clientIn(region),
    clientIn,
    /** A customer key's ARN, by the name of its alias: `one`, `two`. */
    keyArn: (name: string) => keys.resolve('secretsmanager', `alias/${name}`),
    wait: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds);
      return now;
    },
    now: () => now,
  };
}

const clientOver = (handle: (operation: string, input: object) => Promise<object>) =>
  new Proxy({} as SecretsManager, {
    get:
      (_target, method: string) =>
      (input: object = {}) =>
        handle(method.charAt(0).toUpperCase() + method.slice(1), input),
  });

/** A client request token, which becomes a version's id. */
export const token = () => randomUUID();

/** `Type: message` of the error a call ends with. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: Error) => `${error.name}: ${error.message}`,
  );
