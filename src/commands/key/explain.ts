import type { EncryptionAlgorithmSpec, KeyMetadata, Kms } from '../../aws/services.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../input/value.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { type Diagnosis, whatAils } from './about-key.ts';
import { fromBase64 } from './ciphertext.ts';
import { addContextOption, type EncryptionContext } from './encryption-context.ts';
import { explainKey } from './explain-key.ts';

interface Options extends ValueOptions, ListOptions {
  key?: string;
  context?: EncryptionContext;
}

const words = `
Says what a key is, what can be done with it and with which algorithms, and why it cannot be used now, if that is so.

Without a key, says what a KMS ciphertext tells of itself, whether it decrypts here and now, and if not, why and what
would mend it. The plaintext is thrown away. One of a key pair does not name its key: --key does. Exit 1 where the key
cannot be used, or the ciphertext does not decrypt.

Examples:
  latchkey key explain alias/app
  latchkey key explain --value-file token.enc --context app=web`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(addContextOption(addValueOptions(command)))
      .argument('[key]', 'alias/NAME, id or ARN of a key; a ciphertext is read when left out')
      .option('--key <key>', 'the key that you believe a ciphertext is for')
      .addHelpText('after', words),

  async run(context, [text], options) {
    if (text !== undefined) return explainKey(context, text, options);
    const { where, id: keyId } = options.key === undefined ? {} : parseKey(options.key);
    const { kms } = await context.clients(where);
    const blob = fromBase64(await readValue(context, options, { question: 'Ciphertext (base64)' }));
    const named = keyId ?? keyIdIn(blob);
    const expected = await describe(kms, keyId);
    const finding = await attempt(kms, { blob, keyId, context: options.context, algorithms: pairAlgorithms(expected) });
    const key = expected ?? (await describe(kms, finding.keyId ?? named));
    const decrypts = finding.error === undefined;
    const inVault = (await context.session()).kind === 'vault';
    const format = pairAlgorithms(expected).length > 0 ? ofPair : formatOf(blob);
    const known = { key, named, context: options.context, format, inVault };
    const diagnosis = decrypts ? {} : diagnose(finding.error!, known);
    const about = {
      Bytes: blob.length,
      Format: known.format,
      KeyId: key?.Arn ?? finding.keyId ?? named,
      KeyState: key?.KeyState,
      KeyMaterialId: finding.materialId,
      EncryptionAlgorithm: finding.algorithm,
      EncryptionContext: options.context,
      Decrypts: decrypts,
    };
    await writeRecord(context.terminal, { ...about, ...diagnosis }, options);
    return decrypts ? 0 : 1;
  },
};

interface Attempt {
  blob: Uint8Array;
  keyId: string | undefined;
  context: EncryptionContext | undefined;
  /** Of a key pair: a ciphertext does not say which of them it is of. */
  algorithms: readonly EncryptionAlgorithmSpec[];
}

interface Finding {
  keyId?: string;
  materialId?: string;
  algorithm?: EncryptionAlgorithmSpec;
  error?: Error;
}

async function attempt(kms: Kms, { algorithms, ...asked }: Attempt): Promise<Finding> {
  if (algorithms.length === 0) return attemptWith(kms, asked);
  const found: Finding[] = [];
  for (const algorithm of algorithms) {
    const finding = await attemptWith(kms, asked, algorithm);
    if (!finding.error) return { ...finding, algorithm };
    found.push(finding);
  }
  return found[0]!;
}

async function attemptWith(
  kms: Kms,
  { blob, keyId, context }: Omit<Attempt, 'algorithms'>,
  algorithm?: EncryptionAlgorithmSpec,
): Promise<Finding> {
  const request = { CiphertextBlob: blob, KeyId: keyId, EncryptionContext: context, EncryptionAlgorithm: algorithm };
  try {
    const { KeyId, KeyMaterialId } = await kms.decrypt(request);
    return { keyId: KeyId, materialId: KeyMaterialId };
  } catch (error) {
    if (!(error instanceof Error) || !Object.hasOwn(reasons, error.name)) throw error;
    return { error };
  }
}

/** None for a symmetric key, whose ciphertexts say it all. */
const pairAlgorithms = (key: KeyMetadata | undefined): EncryptionAlgorithmSpec[] =>
  (key?.EncryptionAlgorithms ?? []).filter((algorithm) => algorithm !== 'SYMMETRIC_DEFAULT');

const describe = async (kms: Kms, keyId: string | undefined): Promise<KeyMetadata | undefined> =>
  keyId === undefined
    ? undefined
    : kms.describeKey({ KeyId: keyId }).then(
        ({ KeyMetadata }) => KeyMetadata,
        () => undefined,
      );

interface Known {
  key: KeyMetadata | undefined;
  named: string | undefined;
  context: EncryptionContext | undefined;
  format: Format;
  inVault: boolean;
}

/** By KMS's error: what it means, with what is known of the key. */
const reasons: Record<string, (known: Known, error: Error) => Diagnosis> = {
  DisabledException: ({ named }) => ({
    Why: 'its key is disabled',
    Try: `latchkey key enable ${named ?? 'KEY'}`,
  }),
  KMSInvalidStateException: ({ key, named }) => {
    const { Why, Try } = (key && whatAils(key, named ?? 'KEY')) ?? {
      Why: 'it cannot be used now',
      Try: `latchkey key describe ${named ?? 'KEY'}`,
    };
    return { Why: Why.replace(/^it /, 'its key '), Try };
  },
  InvalidKeyUsageException: ({ key, named }) => ({
    Why: `the key that is named does not decrypt: it is for ${key?.KeyUsage ?? 'something else'}`,
    Try: `latchkey key explain ${named ?? 'KEY'}`,
  }),
  NotFoundException: () => ({
    Why: 'there is no such key in this Region and account',
    Try: 'the Region it was encrypted in: --region REGION; "latchkey doctor" says which is asked',
  }),
  IncorrectKeyException: () => ({
    Why: 'another key than the one named encrypted it',
    Try: 'leave out --key: the ciphertext knows its key',
  }),
  AccessDeniedException: ({ named }, error) =>
    /does not exist/.test(error.message)
      ? {
          Why: 'its key is in another Region or account, or gone, or its policy does not let you use it',
          Try: `the Region it was encrypted in: --region REGION; there, latchkey key policy get ${named ?? 'KEY'}`,
        }
      : {
          Why: 'you may not decrypt with its key: neither its policy nor your own allows it',
          Try: `latchkey doctor, then latchkey key policy get ${named ?? 'KEY'}`,
        },
  InvalidCiphertextException: ({ context, format, inVault }) => {
    if (format === ofPair) {
      return { Why: 'it was not encrypted for this key pair, or it is damaged', Try: 'another key pair: --key KEY' };
    }
    if (format === 'unknown') {
      return {
        Why: 'it is of no known form: cut off, changed, not made by KMS, or by a service that is only like it',
        Try: 'all of what "latchkey key encrypt" printed',
      };
    }
    if (inVault && format !== ofVault) {
      return { Why: 'AWS encrypted it, and this is a vault', Try: 'the account it was encrypted in: --profile NAME' };
    }
    return {
      Why: context
        ? 'the encryption context is another than it was encrypted with, or the ciphertext is damaged'
        : 'it needs the encryption context that it was encrypted with, or the ciphertext is damaged',
      Try: 'the same context, each pair of it: --context NAME=VALUE',
    };
  },
};

const diagnose = (error: Error, known: Known): Diagnosis => reasons[error.name]!(known, error);

/** AWS's own ciphertexts begin so; the rest of them is nobody's business. */
const awsStart = /^0102(?:02|03)00/;

const ofVault = 'latchkey vault';
const ofPair = 'of a key pair';
type Format = typeof ofVault | typeof ofPair | 'AWS KMS, symmetric' | 'unknown';

function formatOf(blob: Uint8Array): Format {
  if (keyIdIn(blob)) return ofVault;
  return awsStart.test(Buffer.from(blob.subarray(0, 4)).toString('hex')) ? 'AWS KMS, symmetric' : 'unknown';
}

/** A vault's ciphertext names its key in the clear: version, length, id. */
function keyIdIn(blob: Uint8Array): string | undefined {
  const length = blob[1] ?? 0;
  const id = Buffer.from(blob.subarray(2, 2 + length)).toString('latin1');
  return blob[0] === 1 && /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
}
