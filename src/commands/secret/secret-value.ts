import { UserError } from '../../errors.ts';

/** Bytes that a secret holds at most. */
const limit = 65_536;

export type SecretValue = { SecretString: string } | { SecretBinary: Uint8Array };

/**
 * The bytes as Secrets Manager keeps them: text where they are UTF-8, else binary; exactly these bytes either way.
 * Throws code `usage` where they are too many.
 */
export function secretValue(bytes: Uint8Array, binary = false): SecretValue {
  if (bytes.length > limit) {
    const sizes = `${bytes.length.toLocaleString('en')} bytes, and a secret holds at most ${limit.toLocaleString('en')}`;
    throw new UserError('usage', `the value is ${sizes}`, {
      hints: ['a file of any size can be sealed under a key: "latchkey encrypt FILE --kms-key KEY --out FILE.lk"'],
    });
  }
  const text = binary ? undefined : utf8(bytes);
  return text === undefined ? { SecretBinary: bytes } : { SecretString: text };
}

/** The text that bytes are; undefined where they are not UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
