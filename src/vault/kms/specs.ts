/** https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT';

interface Usable {
  /** What keys of the spec can be for; each is for one of these. */
  readonly usages: readonly KeyUsage[];
}

interface Symmetric extends Usable {
  readonly kind: 'symmetric';
  /** Bytes of the material, as for HMAC. */
  readonly length: number;
}

interface Hmac extends Usable {
  readonly kind: 'hmac';
  readonly length: number;
}

interface Rsa extends Usable {
  readonly kind: 'rsa';
  /** Bits of the modulus. */
  readonly bits: number;
}

interface EllipticCurve extends Usable {
  readonly kind: 'ec';
  /** As OpenSSL names it. */
  readonly curve: string;
  /** What is hashed for its one signing algorithm, ECDSA. */
  readonly hash: Hash;
}

interface Edwards extends Usable {
  readonly kind: 'ed25519';
}

type Hash = 'SHA_256' | 'SHA_384' | 'SHA_512';
export type Spec = Symmetric | Hmac | Rsa | EllipticCurve | Edwards;

const rsa = (bits: number): Rsa => ({ kind: 'rsa', bits, usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'] });
const hmac = (length: number): Hmac => ({ kind: 'hmac', length, usages: ['GENERATE_VERIFY_MAC'] });
const nist = (curve: string, hash: Hash): EllipticCurve => ({
  ...{ kind: 'ec', curve, hash },
  usages: ['SIGN_VERIFY', 'KEY_AGREEMENT'],
});

const all = {
  SYMMETRIC_DEFAULT: { kind: 'symmetric', length: 32, usages: ['ENCRYPT_DECRYPT'] },
  HMAC_224: hmac(28),
  HMAC_256: hmac(32),
  HMAC_384: hmac(48),
  HMAC_512: hmac(64),
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: nist('prime256v1', 'SHA_256'),
  ECC_NIST_P384: nist('secp384r1', 'SHA_384'),
  ECC_NIST_P521: nist('secp521r1', 'SHA_512'),
  ECC_SECG_P256K1: { kind: 'ec', curve: 'secp256k1', hash: 'SHA_256', usages: ['SIGN_VERIFY'] },
  ECC_NIST_EDWARDS25519: { kind: 'ed25519', usages: ['SIGN_VERIFY'] },
} as const satisfies Record<string, Spec>;

export type KeySpec = keyof typeof all;

/** Every kind of key that the vault has, by AWS's name for it. */
export const specs: Readonly<Record<KeySpec, Spec>> = all;

/** Kinds of keys that AWS has and the oldest Node that runs latchkey cannot make. */
export const unsupportedSpecs = [
  'SM2',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
];

export const isSupported = (spec: string): spec is KeySpec => Object.hasOwn(specs, spec);

/** What a key of a spec can do for a usage, as the members of the API name it. */
export function algorithmsOf(name: KeySpec, usage: KeyUsage) {
  if (usage === 'KEY_AGREEMENT') return { KeyAgreementAlgorithms: ['ECDH'] };
  if (usage === 'GENERATE_VERIFY_MAC') return { MacAlgorithms: [name.replace('HMAC_', 'HMAC_SHA_')] };
  if (usage === 'SIGN_VERIFY') return { SigningAlgorithms: signingAlgorithms(specs[name]) };
  const rsaes = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
  return { EncryptionAlgorithms: specs[name].kind === 'rsa' ? rsaes : [name] };
}

/** By spec and usage: every use of a key asks. */
const known = new Map<string, readonly string[]>();

/** Whether a key of a spec has an algorithm for a usage. */
export function hasAlgorithm(name: KeySpec, usage: KeyUsage, algorithm: string): boolean {
  const kind = `${name} ${usage}`;
  const all = known.get(kind) ?? Object.values(algorithmsOf(name, usage)).flat();
  known.set(kind, all);
  return all.includes(algorithm);
}

const hashes: readonly Hash[] = ['SHA_256', 'SHA_384', 'SHA_512'];

function signingAlgorithms(spec: Spec): string[] {
  if (spec.kind === 'ec') return [`ECDSA_${spec.hash}`];
  if (spec.kind === 'ed25519') return ['ED25519_SHA_512', 'ED25519_PH_SHA_512'];
  return ['RSASSA_PKCS1_V1_5', 'RSASSA_PSS'].flatMap((scheme) => hashes.map((hash) => `${scheme}_${hash}`));
}

/** Whether keys of a spec are pairs, with a public half to hand out. */
export const isAsymmetric = (name: KeySpec): boolean => !['symmetric', 'hmac'].includes(specs[name].kind);
