import type { Command } from 'commander';
import type { Kms, SigningAlgorithmSpec } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { mostBytes, readMessage } from './message.ts';

interface Algorithm {
  /** What a message is hashed with in its place; none where a digest means another thing to it. */
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
  /** Bytes of a digest. */
  readonly length?: number;
  /** It takes no message, only the digest of one. */
  readonly never?: 'RAW';
  readonly type?: 'EXTERNAL_MU';
}

const sha256 = { hash: 'sha256', length: 32 } as const;
const sha384 = { hash: 'sha384', length: 48 } as const;
const sha512 = { hash: 'sha512', length: 64 } as const;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
const algorithms: Readonly<Record<SigningAlgorithmSpec, Algorithm>> = {
  ...{ ECDSA_SHA_256: sha256, ECDSA_SHA_384: sha384, ECDSA_SHA_512: sha512 },
  RSASSA_PKCS1_V1_5_SHA_256: sha256,
  RSASSA_PKCS1_V1_5_SHA_384: sha384,
  RSASSA_PKCS1_V1_5_SHA_512: sha512,
  ...{ RSASSA_PSS_SHA_256: sha256, RSASSA_PSS_SHA_384: sha384, RSASSA_PSS_SHA_512: sha512 },
  ED25519_SHA_512: {},
  ED25519_PH_SHA_512: { ...sha512, never: 'RAW' },
  ML_DSA_SHAKE_256: { length: 64, type: 'EXTERNAL_MU' },
  SM2DSA: { length: 32 },
};

export interface SigningOptions {
  algorithm?: SigningAlgorithmSpec;
  digest?: boolean;
}

/** Adds `--algorithm` and `--digest`. */
export const addSigningOptions = (command: Command): Command =>
  command
    .option('--digest', 'the input is the digest of a message already: the bytes, or as sha256sum prints it')
    .addOption(
      command
        .createOption('--algorithm <algorithm>', "how it is signed (default: the key's first that fits)")
        .choices(Object.keys(algorithms)),
    );

/** For the help of both verbs. */
export const longMessages = `\
A message of over 4,096 bytes is hashed here and its digest is sent, so it may be of any size. That comes to the same,
but for Ed25519, whose ED25519_SHA_512 takes no digest: there a long message goes by ED25519_PH_SHA_512.`;

interface Signable {
  readonly Message: Uint8Array;
  readonly MessageType: 'RAW' | 'DIGEST' | 'EXTERNAL_MU';
  readonly SigningAlgorithm: SigningAlgorithmSpec;
}

/** What KMS is to sign, or to hold a signature against: by the same rules, so that both come to the same. */
export async function readSignable(
  context: Context,
  { kms, id, file }: { kms: Kms; id: string; file: string | undefined },
  { algorithm, digest }: SigningOptions,
): Promise<Signable> {
  const able = algorithm === undefined ? await algorithmsOf(kms, id) : [algorithm];
  return digest ? readDigest(context, file, able) : readWhole(context, file, able);
}

async function algorithmsOf(kms: Kms, id: string): Promise<readonly SigningAlgorithmSpec[]> {
  const { KeyMetadata } = await kms.describeKey({ KeyId: id });
  const { SigningAlgorithms = [], KeyUsage = 'ENCRYPT_DECRYPT' } = KeyMetadata!;
  if (SigningAlgorithms.length > 0) return SigningAlgorithms;
  throw new UserError('usage', `key "${id}" signs nothing: it is for ${KeyUsage}`, {
    hints: [`see what it can do: "latchkey key explain ${id}"`],
  });
}

async function readWhole(
  context: Context,
  file: string | undefined,
  able: readonly SigningAlgorithmSpec[],
): Promise<Signable> {
  const [first] = able as [SigningAlgorithmSpec];
  const hashing = able.find((name) => algorithms[name].hash);
  const { whole, digest, length } = await readMessage(context, file, hashing && algorithms[hashing].hash);
  if (whole && algorithms[first].never !== 'RAW') {
    return { Message: whole, MessageType: 'RAW', SigningAlgorithm: first };
  }
  if (digest) return { Message: digest, MessageType: 'DIGEST', SigningAlgorithm: hashing! };
  const sizes = `${length.toLocaleString('en')} bytes, and ${first} takes at most ${mostBytes.toLocaleString('en')}`;
  throw new UserError('usage', `the message is ${sizes}`, {
    hints: first === 'ED25519_SHA_512' ? ['for any size: --algorithm ED25519_PH_SHA_512'] : [],
  });
}

async function readDigest(
  context: Context,
  file: string | undefined,
  able: readonly SigningAlgorithmSpec[],
): Promise<Signable> {
  const { whole } = await readMessage(context, file);
  const digest = whole && digestIn(whole);
  const fitting = able.find((name) => algorithms[name].length === digest?.length);
  if (digest && fitting) {
    return { Message: digest, MessageType: algorithms[fitting].type ?? 'DIGEST', SigningAlgorithm: fitting };
  }
  const lengths = [...new Set(able.flatMap((name) => algorithms[name].length ?? []))];
  if (lengths.length === 0) throw new UserError('usage', `${able[0]} takes a message, and no digest of it`);
  throw new UserError('usage', `expected a digest of ${lengths.join(' or ')} bytes, got another length`, {
    hints: ['for the message itself leave out --digest'],
  });
}

/** As sha256sum prints it: digits, perhaps with a name behind them. */
const printed = /^((?:[0-9a-f]{2}){32,64})(?:\s[^\n]*)?\n?$/i;

function digestIn(bytes: Uint8Array): Uint8Array {
  const hex = printed.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  return hex === undefined ? bytes : Buffer.from(hex, 'hex');
}
