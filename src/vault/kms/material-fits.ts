import type { KeyObject } from 'node:crypto';
import { readKeyPair } from './key-pair.ts';
import type { Spec } from './specs.ts';

/** Whether a key of a spec can work with such material: a secret of its length, a private key (PKCS #8, DER) of its kind. */
export function materialFits(spec: Spec, bytes: Uint8Array): boolean {
  if (spec.kind === 'symmetric' || spec.kind === 'hmac') return bytes.length === spec.length;
  try {
    return isOf(spec, readKeyPair(bytes).privateKey);
  } catch {
    return false;
  }
}

function isOf(spec: Exclude<Spec, { kind: 'symmetric' | 'hmac' }>, key: KeyObject): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  if (asymmetricKeyType !== spec.kind) return false;
  if (spec.kind === 'rsa') return asymmetricKeyDetails!.modulusLength === spec.bits;
  return spec.kind === 'ed25519' || asymmetricKeyDetails!.namedCurve === spec.curve;
}
