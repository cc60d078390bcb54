import { EnvelopeError } from './errors.ts';

/** An algorithm suite: AES-GCM (IV 12 bytes, tag 16), how its key comes from the data key, and who signs. */
export interface Suite {
  readonly id: number;
  /** The id in hexadecimal, as people write it: `0578`. */
  readonly name: SuiteName;
  /** Of the message format; 2 where the message is bound to its key (key commitment). */
  readonly version: 1 | 2;
  readonly cipher: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';
  /** Of the data key and of the content key, in bytes. */
  readonly keyLength: 16 | 24 | 32;
  /** HKDF's hash; without one the data key is the content key. */
  readonly kdf?: 'sha256' | 'sha384' | 'sha512';
  /** ECDSA over header and body, in the footer. */
  readonly signature?: { readonly curve: 'prime256v1' | 'secp384r1'; readonly hash: 'sha256' | 'sha384' };
}

const p256 = { curve: 'prime256v1', hash: 'sha256' } as const;
const p384 = { curve: 'secp384r1', hash: 'sha384' } as const;
const aes128 = { version: 1, cipher: 'aes-128-gcm', keyLength: 16 } as const;
const aes192 = { version: 1, cipher: 'aes-192-gcm', keyLength: 24 } as const;
const aes256 = { version: 1, cipher: 'aes-256-gcm', keyLength: 32 } as const;

const all = {
  '0578': { ...aes256, version: 2, kdf: 'sha512', signature: p384 },
  '0478': { ...aes256, version: 2, kdf: 'sha512' },
  '0378': { ...aes256, kdf: 'sha384', signature: p384 },
  '0346': { ...aes192, kdf: 'sha384', signature: p384 },
  '0214': { ...aes128, kdf: 'sha256', signature: p256 },
  '0178': { ...aes256, kdf: 'sha256' },
  '0146': { ...aes192, kdf: 'sha256' },
  '0114': { ...aes128, kdf: 'sha256' },
  '0078': aes256,
  '0046': aes192,
  '0014': aes128,
} as const satisfies Record<string, Omit<Suite, 'id' | 'name'>>;

export type SuiteName = keyof typeof all;

/** The algorithm suites of the message format, by name; the strongest first. */
export const suites = Object.fromEntries(
  Object.entries(all).map(([name, suite]) => [name, { id: Number.parseInt(name, 16), name, ...suite }]),
) as Record<SuiteName, Suite>;

export const suiteNames = Object.keys(all).sort().reverse() as SuiteName[];

const byId = new Map(Object.values(suites).map((suite) => [suite.id, suite]));

/** @throws EnvelopeError `suite` where there is none of that number */
export function suiteOf(id: number): Suite {
  const suite = byId.get(id);
  if (!suite) throw new EnvelopeError('suite');
  return suite;
}
