import type { KeySpec, KeyUsageType } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';

const hmac: KeyUsageType[] = ['GENERATE_VERIFY_MAC'];
const rsa: KeyUsageType[] = ['SIGN_VERIFY', 'ENCRYPT_DECRYPT'];
const nist: KeyUsageType[] = ['SIGN_VERIFY', 'KEY_AGREEMENT'];
const signing: KeyUsageType[] = ['SIGN_VERIFY'];
const kem: KeyUsageType[] = ['ENCAPSULATE_DECAPSULATE'];

/**
 * Every spec of AWS, and what a key of it can be for:
 * https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 */
const usagesOf: Readonly<Record<KeySpec, readonly KeyUsageType[]>> = {
  SYMMETRIC_DEFAULT: ['ENCRYPT_DECRYPT'],
  ...{ HMAC_224: hmac, HMAC_256: hmac, HMAC_384: hmac, HMAC_512: hmac },
  ...{ RSA_2048: rsa, RSA_3072: rsa, RSA_4096: rsa },
  ...{ ECC_NIST_P256: nist, ECC_NIST_P384: nist, ECC_NIST_P521: nist },
  ...{ ECC_NIST_EDWARDS25519: signing, ECC_SECG_P256K1: signing },
  ...{ ML_DSA_44: signing, ML_DSA_65: signing, ML_DSA_87: signing },
  ...{ ML_KEM_512: kem, ML_KEM_768: kem, ML_KEM_1024: kem },
  SM2: ['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'KEY_AGREEMENT'],
};

export const specs = Object.keys(usagesOf) as KeySpec[];
export const usages = [...new Set(Object.values(usagesOf).flat())];

/** For one line of an error; TAB knows each. */
const specsInShort =
  'SYMMETRIC_DEFAULT, HMAC_224|256|384|512, RSA_2048|3072|4096, ECC_NIST_P256|P384|P521|EDWARDS25519, ' +
  'ECC_SECG_P256K1, ML_DSA_44|65|87, ML_KEM_512|768|1024, SM2';

/** `rsa-2048` is RSA_2048, too. Throws code `usage` for what is no spec. */
export function readSpec(text: string): KeySpec {
  const spec = text.toUpperCase().replaceAll('-', '_') as KeySpec;
  if (specs.includes(spec)) return spec;
  throw new UserError('usage', `--spec expects one of ${specsInShort}, got "${text}"`);
}

/** What a new key is for: as said, or the one thing that its spec is for. Throws code `usage` where that does not fit. */
export function usageFor(spec: KeySpec, said: KeyUsageType | undefined): KeyUsageType {
  const able = usagesOf[spec];
  if (said !== undefined ? able.includes(said) : able.length === 1) return said ?? able[0]!;
  const message =
    said === undefined
      ? `a key of ${spec} is for one thing alone, and --usage has to say for which`
      : `a key of ${spec} cannot be for ${said}`;
  throw new UserError('usage', message, { hints: able.map((usage) => `--spec ${spec} --usage ${usage}`) });
}
