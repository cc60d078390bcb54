import type { WrappedKey } from '../keyring.ts';
import { kmsProvider } from './kms.ts';
import { aesNameIn } from './raw-aes.ts';

/** Whether what wrapped a data key authenticated the message's context with it: KMS and raw AES keys do. */
export const bindsContext = (wrapped: WrappedKey): boolean =>
  wrapped.provider === kmsProvider || aesNameIn(wrapped) !== undefined;

/** The shortest RSA ciphertext that we would take: of 1,024 bits. */
const leastRsa = 128;

/** Whether it opens in any context: RSA. Of what has other providers nothing is known. */
export const ignoresContext = (wrapped: WrappedKey): boolean =>
  !/^(aws-kms|raw-ecdh)/.test(wrapped.provider) && !bindsContext(wrapped) && wrapped.ciphertext.length >= leastRsa;
