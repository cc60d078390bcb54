import type { Inspection } from '../../envelope/inspect.ts';
import type { WrappedKey } from '../../envelope/keyring.ts';
import { kmsProvider } from '../../envelope/keyrings/kms.ts';
import { aesNameIn } from '../../envelope/keyrings/raw-aes.ts';
import type { Suite } from '../../envelope/suites.ts';

const ciphers = { 'aes-128-gcm': 'AES-128-GCM', 'aes-192-gcm': 'AES-192-GCM', 'aes-256-gcm': 'AES-256-GCM' } as const;
const curves = { prime256v1: 'ECDSA P-256', secp384r1: 'ECDSA P-384' } as const;

/** What a header says, for people and scripts. */
export const describeHeader = ({ suite, messageId, context, wrapped, frameLength }: Described) => ({
  Suite: suite.name,
  Algorithms: algorithmsOf(suite),
  MessageId: Buffer.from(messageId).toString('hex'),
  EncryptionContext: { ...context },
  OpenedBy: wrapped.map(whoOf),
  FrameLength: frameLength,
});

type Described = Pick<Inspection, 'suite' | 'messageId' | 'context' | 'wrapped' | 'frameLength'>;

/** All that a suite is made of, the commitment included. */
const algorithmsOf = ({ cipher, kdf, version, signature }: Suite): string[] => [
  ciphers[cipher],
  ...(kdf ? [`HKDF-${kdf.replace('sha', 'SHA-')}`] : []),
  ...(version === 2 ? ['key commitment'] : []),
  ...(signature ? [curves[signature.curve]] : []),
];

/** `aws-kms/arn:aws:kms:...`, `latchkey/aes-0123456789abcdef`: whose key it is, and which. */
export function whoOf(wrapped: WrappedKey): string {
  const name = wrapped.provider === kmsProvider ? undefined : aesNameIn(wrapped);
  return `${wrapped.provider}/${name ?? Buffer.from(wrapped.info).toString()}`;
}
