import { type Trouble, UserError } from '../errors.ts';
import type { VaultError } from '../vault/errors.ts';

/** Trouble with a vault's file: what kind it is, and what helps. */
const troubles: Record<VaultError['code'], { trouble: Trouble; hints: string[] }> = {
  missing: { trouble: 'not-found', hints: ['make one: "latchkey vault init"'] },
  exists: { trouble: 'conflict', hints: ['use it as it is, or choose another file: --vault-file FILE'] },
  'not-a-vault': { trouble: 'integrity', hints: ['name the file of a vault: --vault-file FILE, or LATCHKEY_VAULT'] },
  newer: { trouble: 'integrity', hints: ['use the latchkey that wrote it, or a newer one'] },
  'wrong-key': { trouble: 'integrity', hints: ['see which key is used: "latchkey doctor"'] },
  moved: { trouble: 'conflict', hints: ['see what opens it now: "latchkey vault info"'] },
  damaged: { trouble: 'integrity', hints: ['nothing was changed; bring the file back from a copy'] },
  busy: { trouble: 'unreachable', hints: ['try again in a while'] },
  full: { trouble: 'unreachable', hints: ['the vault is as it was; make room and try again'] },
  denied: { trouble: 'denied', hints: ['see who owns the file and its folder: "ls -ld"'] },
  'no-sqlite': { trouble: 'unreachable', hints: ['npm install --global @photostructure/sqlite@1.2.1'] },
};

export function explainVault(error: VaultError): UserError {
  const { trouble, hints } = troubles[error.code];
  return new UserError(trouble, error.message, { hints, cause: error });
}
