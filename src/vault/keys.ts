import type { Binding } from './store/sealing.ts';

/** Whose managed key seals a value when the request names no key. */
export type ManagedBy = 'secretsmanager' | 'ssm';

/** How other services seal values: under a data key of their own, which a KMS key of the vault wraps. */
export interface Keys {
  /**
   * The ARN of the key that `keyId` (id, ARN, alias or alias ARN) names, or of `aws/<service>`, which appears when
   * first used. Throws KMS's own `ApiError` when there is none or it cannot be used.
   */
  resolve(service: ManagedBy, keyId?: string): string;
  /** Seals `plaintext` under a fresh data key of that key; what comes out names the key. */
  seal(keyArn: string, binding: Binding, plaintext: Uint8Array): Uint8Array;
  /** Opens what `seal` made with the same binding. Throws KMS's `ApiError` for an unusable key. */
  open(binding: Binding, sealed: Uint8Array): Uint8Array;
}
