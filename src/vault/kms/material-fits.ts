import type { KeyObject } from 'node:crypto';
import { readKeyPair } from './key-pair.ts';
import type { Spec } from './specs.ts';

/**
 * Material as the vault keeps it: bytes of the spec's length, or a private key in PKCS #8 (DER), however it was
 * written before. Undefined when it is not of the spec.
 */
export function fitting(spec: Spec, bytes: Uint8Array): Uint8Array | undefined {
  if (spec.kind === 'symmetric' || spec.kind === 'hmac') return bytes.length === spec.length ? bytes : undefined;
  const key = privateKeyIn(bytes);
  return key && isOf(spec, key) ? key.export({ format: 'der', type: 'pkcs8' }) : undefined;
}

function privateKeyIn(bytes: Uint8Array): KeyObject | undefined {
  try {
    return readKeyPair(bytes).privateKey;
  } catch {
    return undefined;
  }
}

const publicExponent = 65_537n;

function isOf(spec: Spec, { asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (asymmetricKeyType !== spec.kind) return false;
  if (spec.kind === 'rsa') return details?.modulusLength === spec.bits && details.publicExponent === publicExponent;
  return spec.kind !== 'ec' || details?.namedCurve === spec.curve;
}
