import { randomBytes, randomUUID } from 'node:crypto';
import type { Kms, SecretsManager } from '../../src/aws/services.ts';
import { createVault, type ServiceName } from '../../src/vault/vault.ts';

export const account = '123456789012';
export const region = 'eu-west-1';
export const day = 24 * 60 * 60 * 1000;
export const rootSecret = { key: randomBytes(32) };

/** A vault of its own, with a clock that stands still until it is told to go on. */
export async function openService(file = ':memory:') {
  let now = new Date('2026-03-01T10:00:00.500Z');
  const vault = await createVault({ file, secret: rootSecret, account, clock: () => now });
  const client = (service: ServiceName, place: string) =>
    clientOver((operation, input) => vault.handle({ service, operation, input, region: place }));
  const kms = client('kms', region) as unknown as Kms;
  return {
    vault,
    kms,
    secrets: client('secretsmanager', region) as unknown as SecretsManager,
    clientIn: (place: string) => client('secretsmanager', place) as unknown as SecretsManager,
    /** A new customer key; its ARN. */
    async newKey(AliasName: string): Promise<string> {
      const { KeyMetadata } = await kms.createKey({});
      await kms.createAlias({ AliasName, TargetKeyId: KeyMetadata!.KeyId });
      return KeyMetadata!.Arn!;
    },
    wait(milliseconds: number): Date {
      now = new Date(now.getTime() + milliseconds);
      return now;
    },
    now: () => now,
  };
}

type Handle = (operation: string, input: object) => Promise<object>;

/** Methods spelled as the SDK spells them: `createSecret(input)` handles CreateSecret. */
const clientOver = (handle: Handle) =>
  new Proxy({} as Record<string, (input?: object) => Promise<object>>, {
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
