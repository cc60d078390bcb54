import { createHmac } from 'node:crypto';
import type { Call } from '../operation.ts';
import { currentMaterial } from './key-material.ts';
import type { KeyRow } from './rows.ts';

/** The code of a message under an HMAC key, by an algorithm as KMS names it: `HMAC_SHA_256`. */
export const macOf = (call: Call, key: KeyRow, algorithm: string, message: Uint8Array): Buffer =>
  createHmac(algorithm.replace('HMAC_SHA_', 'sha'), currentMaterial(call, key)).update(message).digest();
