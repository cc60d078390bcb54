import { randomUUID } from 'node:crypto';

const tokenTakers = new Set(['CreateSecret', 'PutSecretValue', 'UpdateSecret', 'RotateSecret']);

/** Gives a request that makes a version its ClientRequestToken once, so that a retry is the same request. */
export function withRequestToken(operation: string, input: object): object {
  return tokenTakers.has(operation) ? { ClientRequestToken: randomUUID(), ...input } : input;
}
