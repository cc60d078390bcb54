import { createPublicKey, createSign, createVerify, ECDH, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';
import type { Suite } from './suites.ts';

type Signature = NonNullable<Suite['signature']>;

/** Hashes a message beside its sealing, and signs it in the end. */
export class Signer {
  readonly #key: KeyObject;
  readonly #sign;

  constructor({ hash }: Signature, key: KeyObject) {
    this.#key = key;
    this.#sign = createSign(hash);
  }

  update(bytes: Uint8Array): void {
    this.#sign.update(bytes);
  }

  /** The footer: the signature's length (2 bytes), and the signature in DER. */
  footer(): Buffer {
    const signature = this.#sign.sign(this.#key);
    return Buffer.concat([Buffer.of(signature.length >> 8, signature.length & 0xff), signature]);
  }
}

/** Hashes a message beside its opening; says in the end whether its signature is true. */
export class Verifier {
  readonly #signature: Signature;
  readonly #publicKey: string;
  readonly #verify;

  constructor(signature: Signature, publicKey: string) {
    this.#signature = signature;
    this.#publicKey = publicKey;
    this.#verify = createVerify(signature.hash);
  }

  update(bytes: Uint8Array): void {
    this.#verify.update(bytes);
  }

  /** @throws EnvelopeError `signature` */
  check(signature: Uint8Array): void {
    if (!this.#verify.verify(decompress(this.#publicKey, this.#signature), signature)) {
      throw new EnvelopeError('signature');
    }
  }
}

const pointLength = { prime256v1: 33, secp384r1: 49 } as const;
const jwkName = { prime256v1: 'P-256', secp384r1: 'P-384' } as const;

function decompress(publicKey: string, { curve }: Signature): KeyObject {
  const point = Buffer.from(publicKey, 'base64');
  if (point.length !== pointLength[curve]) throw new EnvelopeError('signature');
  try {
    const whole = ECDH.convertKey(point, curve, undefined, undefined, 'uncompressed') as Buffer;
    const half = (whole.length - 1) / 2;
    const [x, y] = [whole.subarray(1, 1 + half), whole.subarray(1 + half)].map((n) => n.toString('base64url'));
    return createPublicKey({ key: { kty: 'EC', crv: jwkName[curve], x, y }, format: 'jwk' });
  } catch (error) {
    throw new EnvelopeError('signature', { cause: error });
  }
}
