import { ApiError } from '../errors.ts';
import { requireOrigin } from './find-key.ts';
import { requireNoReplica } from './multi-region.ts';
import type { KeyRow } from './rows.ts';
import { specs } from './specs.ts';

/** Throws UnsupportedOperationException for a key of a kind that is never rotated: AWS says no more than that. */
export function requireRotatable(key: KeyRow): void {
  if (specs[key.spec].kind !== 'symmetric') throw new ApiError('UnsupportedOperationException');
}

/** Throws UnsupportedOperationException for a key that cannot rotate by itself, or whose primary has the say. */
export function requireSelfRotating(key: KeyRow): void {
  requireRotatable(key);
  requireOrigin(key, 'AWS_KMS');
  requireNoReplica(key);
}
