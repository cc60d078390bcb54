import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Spec } from './specs.ts';

const make = promisify(generateKeyPair) as (type: string, options: object) => Promise<{ privateKey: KeyObject }>;

/**
 * Fresh material of a spec: random bytes for secret keys, a private key in PKCS #8 (DER) for the others. Made in a thread
 * beside: an RSA key of 4096 bits takes seconds.
 */
export async function newMaterial(spec: Spec): Promise<Uint8Array> {
  if (spec.kind === 'symmetric' || spec.kind === 'hmac') return randomBytes(spec.length);
  const { privateKey } = await make(...pairOf(spec));
  return privateKey.export({ format: 'der', type: 'pkcs8' });
}

function pairOf(spec: Exclude<Spec, { kind: 'symmetric' | 'hmac' }>): [type: string, options: object] {
  if (spec.kind === 'rsa') return ['rsa', { modulusLength: spec.bits }];
  if (spec.kind === 'ec') return ['ec', { namedCurve: spec.curve }];
  return ['ed25519', {}];
}
