import type { EncryptionContext } from '../context.ts';
import type { DataKey, Keyring, WrappedKey } from '../keyring.ts';
import type { Suite } from '../suites.ts';

interface Common {
  readonly KeyId: string;
  readonly EncryptionContext: Record<string, string>;
  readonly GrantTokens?: string[];
}

interface Wrapped {
  KeyId?: string;
  CiphertextBlob?: Uint8Array;
}

/** The three operations of KMS that a keyring calls, by their AWS names; AWS's own client has them. */
export interface KmsClient {
  generateDataKey(input: Common & { NumberOfBytes: number }): Promise<Wrapped & { Plaintext?: Uint8Array }>;
  encrypt(input: Common & { Plaintext: Uint8Array }): Promise<Wrapped>;
  decrypt(input: Common & { CiphertextBlob: Uint8Array }): Promise<{ KeyId?: string; Plaintext?: Uint8Array }>;
}

export interface KmsKey {
  /** A key's ARN, id, alias or alias ARN. Opening with an ARN is best: it says by itself which data keys are its own. */
  readonly keyId: string;
  /** A client for the Region that the key is in. */
  readonly kms: KmsClient;
  readonly grantTokens?: readonly string[];
}

export const kmsProvider = 'aws-kms';

/** KMS's ways to say that a data key is not this key's, or the context another. */
const doesNotFit = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

/**
 * One KMS key. A data key is only sent to the key that was named, and with its name, so KMS too refuses any other.
 * Follows aws-kms-keyring.md and aws-kms-mrk-keyring.md of the AWS Encryption SDK's specification. Opening throws what KMS throws for a data key that may be
 * this key's: that it is disabled, say, or may not be used.
 */
export function kmsKeyring({ keyId, kms, grantTokens }: KmsKey): Keyring {
  if (keyId === '') throw new RangeError('a KMS keyring needs a key');
  const common = (context: EncryptionContext): Common => ({
    KeyId: keyId,
    EncryptionContext: { ...context },
    ...(grantTokens?.length ? { GrantTokens: [...grantTokens] } : {}),
  });
  return {
    name: keyId,

    async generate({ keyLength }, context) {
      const made = await kms.generateDataKey({ ...common(context), NumberOfBytes: keyLength });
      if (made.Plaintext?.length !== keyLength) throw new Error('KMS made a data key of another length');
      return { plaintext: made.Plaintext, wrapped: [wrappedBy(made)] };
    },

    async wrap({ plaintext, context }: DataKey) {
      return [wrappedBy(await kms.encrypt({ ...common(context), Plaintext: plaintext }))];
    },

    async unwrap(wrapped, suite, context) {
      for (const { arn, ciphertext } of ownOf(keyId, wrapped)) {
        const request = { ...common(context), CiphertextBlob: ciphertext };
        const plaintext = await decryptWith(kms, request, isKeyArn(keyId) ? keyId : arn, suite);
        if (plaintext) return plaintext;
      }
      return undefined;
    },
  };
}

function wrappedBy({ KeyId, CiphertextBlob }: Wrapped): WrappedKey {
  if (!CiphertextBlob || !KeyId || !isKeyArn(KeyId)) throw new Error('KMS did not say which key wrapped the data key');
  return { provider: kmsProvider, info: Buffer.from(KeyId), ciphertext: CiphertextBlob };
}

/** The data key; undefined where KMS says that it does not fit, or another key opened it. */
async function decryptWith(
  kms: KmsClient,
  request: Common & { CiphertextBlob: Uint8Array },
  expected: string,
  { keyLength }: Suite,
) {
  try {
    const { KeyId, Plaintext } = await kms.decrypt(request);
    return KeyId === expected && Plaintext?.length === keyLength ? Plaintext : undefined;
  } catch (error) {
    if (doesNotFit.has((error as Error).name)) return undefined;
    throw error;
  }
}

const ownOf = (keyId: string, wrapped: readonly WrappedKey[]) =>
  wrapped
    .filter(({ provider }) => provider === kmsProvider)
    .map(({ info, ciphertext }) => ({ arn: Buffer.from(info).toString(), ciphertext }))
    .filter(({ arn }) => isKeyArn(arn) && mayBe(keyId, arn));

const keyArn = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:key\/([A-Za-z0-9-]+)$/;
const isKeyArn = (text: string) => keyArn.test(text);

/** Whether a key's ARN is of the key that was named; of an alias only KMS knows it. */
function mayBe(keyId: string, arn: string): boolean {
  if (isKeyArn(keyId)) return regionless(keyId) === regionless(arn);
  return keyId.includes('alias/') || keyArn.exec(arn)![2] === keyId;
}

/** A multi-Region key (`mrk-`) is the same key in each of its Regions. */
const regionless = (arn: string) =>
  keyArn.exec(arn)![2]!.startsWith('mrk-') ? arn.replace(/:kms:[a-z0-9-]+:/, ':kms:*:') : arn;
