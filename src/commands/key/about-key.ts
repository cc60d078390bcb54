import type { KeyMetadata, KeySpec, KeyState, KeyUsageType } from '../../aws/services.ts';
import { day } from '../day.ts';

/** What a key is, in a few words. */
export function whatIs({ KeySpec = 'SYMMETRIC_DEFAULT', KeyManager }: KeyMetadata): string {
  const owner = KeyManager === 'AWS' ? ", AWS's own: its services use it for you" : '';
  return `${kindOf(KeySpec)}${owner}`;
}

const curves: Readonly<Record<string, string>> = {
  ECC_NIST_P256: 'NIST P-256',
  ECC_NIST_P384: 'NIST P-384',
  ECC_NIST_P521: 'NIST P-521',
  ECC_SECG_P256K1: 'secp256k1',
  ECC_NIST_EDWARDS25519: 'Ed25519',
  SM2: 'SM2',
};

function kindOf(spec: KeySpec): string {
  if (spec === 'SYMMETRIC_DEFAULT') return 'a symmetric key (AES-256-GCM)';
  if (spec.startsWith('HMAC_')) return `an HMAC key of ${spec.slice(5)} bits`;
  if (spec.startsWith('RSA_')) return `a key pair (RSA, ${spec.slice(4)} bits)`;
  return `a key pair (${curves[spec] ?? spec.replaceAll('_', '-')})`;
}

/** The verbs of "latchkey key" that it answers to. */
const verbsFor: Readonly<Record<KeyUsageType, readonly string[]>> = {
  ENCRYPT_DECRYPT: ['encrypt', 'decrypt', 're-encrypt'],
  SIGN_VERIFY: ['sign', 'verify'],
  GENERATE_VERIFY_MAC: ['mac', 'verify-mac'],
  KEY_AGREEMENT: ['derive'],
  ENCAPSULATE_DECAPSULATE: [],
};

export function verbsOf({ KeyUsage = 'ENCRYPT_DECRYPT', KeySpec = 'SYMMETRIC_DEFAULT' }: KeyMetadata): string[] {
  const symmetric = KeySpec === 'SYMMETRIC_DEFAULT' ? ['data-key', 'data-key-pair'] : [];
  const pair = KeySpec === 'SYMMETRIC_DEFAULT' || KeySpec.startsWith('HMAC_') ? [] : ['public-key'];
  return [...verbsFor[KeyUsage], ...symmetric, ...pair];
}

export function algorithmsOf(metadata: KeyMetadata): string[] {
  const { EncryptionAlgorithms, SigningAlgorithms, MacAlgorithms, KeyAgreementAlgorithms } = metadata;
  const lists = [EncryptionAlgorithms, SigningAlgorithms, MacAlgorithms, KeyAgreementAlgorithms];
  return [...lists, metadata.EncapsulationAlgorithms].flatMap((list) => list ?? []);
}

/** Where its material comes from, and what follows from that. */
export function materialOf({ Origin, KeySpec, ValidTo, KeyManager }: KeyMetadata): string {
  if (Origin === 'EXTERNAL') {
    const until = ValidTo ? `until ${day(ValidTo)}, then the same has to be imported again` : 'until it is deleted';
    return `imported, ${until}`;
  }
  if (Origin === 'AWS_CLOUDHSM') return 'in a CloudHSM cluster';
  if (Origin === 'EXTERNAL_KEY_STORE') return 'outside AWS, in a key store of your own';
  if (KeyManager === 'AWS') return 'made by KMS, and rotated every year';
  return KeySpec === 'SYMMETRIC_DEFAULT' ? 'made by KMS, and can be rotated' : 'made by KMS, and cannot be rotated';
}

export interface Diagnosis {
  readonly Why: string;
  readonly Try?: string;
}

/** Why a key cannot be used now, and what would mend it; undefined for one that can. */
export function whatAils(metadata: KeyMetadata, said: string): Diagnosis | undefined {
  const { KeyState = 'Enabled', DeletionDate } = metadata;
  const when = DeletionDate ? ` on ${day(DeletionDate)}` : '';
  const ails: Partial<Record<KeyState, Diagnosis>> = {
    Disabled: { Why: 'it is disabled', Try: `latchkey key enable ${said}` },
    PendingDeletion: { Why: `it is scheduled for deletion${when}`, Try: `latchkey key restore ${said}` },
    PendingReplicaDeletion: {
      Why: 'it is to be deleted once its replicas are gone',
      Try: `latchkey key restore ${said}`,
    },
    PendingImport: {
      Why: 'it has no material: none was imported yet, or it has expired or was deleted',
      Try: `latchkey key import ${said} FILE`,
    },
    Unavailable: { Why: 'its key store is not connected, or has lost it' },
    Creating: { Why: 'it is being made', Try: 'the same in a minute' },
    Updating: { Why: 'its primary Region is being changed', Try: 'the same in a minute' },
  };
  return ails[KeyState];
}
