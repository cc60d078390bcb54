import { ECDH, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type EncryptionContext, publicKeyName } from './context.ts';
import type { Keyring, Materials, WrappedKey } from './keyring.ts';
import type { Suite } from './suites.ts';

/**
 * What a keyring has ready for a message of `length` bytes; otherwise a new data key, wrapped by all keyrings in their order, and a new signing key.
 * The first keyring that makes data keys makes it.
 */
export async function materialsFor(
  keyrings: readonly Keyring[],
  suite: Suite,
  context: EncryptionContext,
  length?: number,
): Promise<Materials> {
  const [only] = keyrings;
  if (keyrings.length === 1 && only?.materials) return only.materials(suite, context, length);
  return newMaterials(keyrings, suite, context);
}

export async function newMaterials(keyrings: readonly Keyring[], suite: Suite, given: EncryptionContext) {
  const { signer, context } = await withSigner(suite, given);
  const maker = keyrings.find(({ generate }) => generate);
  const made = await maker?.generate?.(suite, context);
  const plaintext = made?.plaintext ?? randomBytes(suite.keyLength);
  const wrapOne = (keyring: Keyring) => keyring.wrap({ plaintext, suite, context });
  const wrapped = await Promise.all(keyrings.map((one) => (made && one === maker ? made.wrapped : wrapOne(one))));
  return { context, dataKey: plaintext, wrapped: wrapped.flat(), signer };
}

/** The context with a new public key in it, where the suite signs. */
export async function withSigner({ signature }: Suite, context: EncryptionContext) {
  if (!signature) return { context };
  const { privateKey, publicKey } = await generate('ec', { namedCurve: signature.curve });
  const signed: EncryptionContext = { ...context, [publicKeyName]: compressed(publicKey, signature.curve) };
  return { context: signed, signer: privateKey };
}

const generate = promisify(generateKeyPair) as (
  kind: 'ec',
  options: { namedCurve: string },
) => Promise<{ privateKey: KeyObject; publicKey: KeyObject }>;

/** The point in its short form, in base64. */
function compressed(key: KeyObject, curve: string): string {
  const { x, y } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
  return ECDH.convertKey(point, curve, undefined, 'base64', 'compressed') as string;
}

/**
 * The data key from the first keyring that opens one of the wrapped keys; undefined where none fits. Where none does and a keyring could not tell, throws
 * what it threw: a KMS key that is disabled must not look like a wrong one.
 */
export async function unwrapFirst(
  keyrings: readonly Keyring[],
  wrapped: readonly WrappedKey[],
  suite: Suite,
  context: EncryptionContext,
): Promise<Uint8Array | undefined> {
  const errors: unknown[] = [];
  for (const keyring of keyrings) {
    try {
      const plaintext = await keyring.unwrap(wrapped, suite, context);
      if (plaintext) return plaintext;
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return undefined;
}
