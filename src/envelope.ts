/** `latchkey/envelope`: files and streams sealed offline, in the public message format of the AWS Encryption SDK. */
export { armor, unarmor } from './envelope/armor.ts';
export type { EncryptionContext } from './envelope/context.ts';
export { type Damage, EnvelopeError } from './envelope/errors.ts';
export type { Header } from './envelope/header.ts';
export { type Inspection, inspect } from './envelope/inspect.ts';
export type { DataKey, Keyring, WrappedKey } from './envelope/keyring.ts';
export { type CacheLimits, cachedKeyring } from './envelope/keyrings/cached.ts';
export { KeyError, type KeyTrouble } from './envelope/keyrings/key-error.ts';
export { type KmsClient, type KmsKey, kmsKeyring } from './envelope/keyrings/kms.ts';
export { passphraseKeyring } from './envelope/keyrings/passphrase.ts';
export { type RawAesKey, rawAesKeyring } from './envelope/keyrings/raw-aes.ts';
export { type RawRsaKey, rawRsaKeyring } from './envelope/keyrings/raw-rsa.ts';
export { keyringOf, type RawKey, readKey } from './envelope/keyrings/read-key.ts';
export { type Opened, type OpenOptions, open } from './envelope/open.ts';
export type { Policy } from './envelope/policy.ts';
export { type RewrapOptions, type Rewrapping, rewrap } from './envelope/rewrap.ts';
export { type SealOptions, seal } from './envelope/seal.ts';
export type { Suite, SuiteName } from './envelope/suites.ts';
