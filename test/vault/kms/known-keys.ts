import { createECDH, createPrivateKey } from 'node:crypto';
import type { KMS } from '@aws-sdk/client-kms';
import { makeKey } from '../../../src/vault/kms/new-key.ts';
import { operations } from '../../../src/vault/kms/operations.ts';
import { kmsSchema } from '../../../src/vault/kms/rows.ts';
import type { KeySpec, KeyUsage } from '../../../src/vault/kms/specs.ts';
import type { Operation } from '../../../src/vault/operation.ts';
import { openRooms } from '../room.ts';
import { region } from './service.ts';

/** The kms room alone: its operations, over keys whose material a test knows. */
export function openKnownKeys() {
  const { database, callIn } = openRooms(kmsSchema);
  const handle = async (name: string, input: object) => {
    const operation: Operation = await operations[name as keyof typeof operations]();
    const prepared = await operation.prepare?.(input);
    return operation.run(callIn(region), input, prepared);
  };
  const kms = new Proxy({} as KMS, {
    get: (_target, method: string) => (input: object) =>
      handle(method.charAt(0).toUpperCase() + method.slice(1), input),
  });
  const addKey = (spec: KeySpec, usage: KeyUsage, bytes: Uint8Array): string =>
    makeKey(callIn(region), { manager: 'CUSTOMER', description: '', spec, usage, bytes }).key_id;
  return { database, callIn, kms, addKey };
}

const curves: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/** A private key of a curve (PKCS #8, DER), out of the number that it is, in hexadecimal digits. */
export function privateKeyOf(curve: string, digits: string): Buffer {
  const pair = createECDH(curve);
  pair.setPrivateKey(Buffer.from(digits, 'hex'));
  const point = pair.getPublicKey();
  const half = (point.length - 1) / 2;
  const [d, x, y] = [Buffer.from(digits, 'hex'), point.subarray(1, 1 + half), point.subarray(1 + half)];
  const jwk = {
    ...{ kty: 'EC', crv: curves[curve] ?? curve },
    ...{ d: d.toString('base64url'), x: x.toString('base64url'), y: y.toString('base64url') },
  };
  return createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' });
}

/** An Ed25519 key (PKCS #8, DER), out of its 32 bytes. */
export const edwardsKeyOf = (digits: string): Buffer => Buffer.from(`302e020100300506032b657004220420${digits}`, 'hex');
