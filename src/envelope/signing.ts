import { createPublicKey, ECDH, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';
import { Passing } from './passing.ts';
import type { Suite } from './suites.ts';

type Signature = NonNullable<Suite['signature']>;

/** Hashes a message beside its sealing, and signs it in the end. To be closed. */
export class Signer extends Passing {
  readonly #key: KeyObject;

  constructor({ hash }: Signature, key: KeyObject) {
    super('sign', hash);
    this.#key = key;
  }

  /** The footer: the signature's length (2 bytes), and the signature in DER. */
  async footer(): Promise<Buffer> {
    const signature = (await this.end(this.#key)) as Uint8Array;
    return Buffer.concat([Buffer.of(signature.length >> 8, signature.length & 0xff), signature]);
  }
}

/** A whole message: its head, its body and, where somebody signs, the footer behind them. The signer is closed in the end. */
export async function* signed(
  head: Uint8Array,
  body: AsyncIterable<Uint8Array>,
  signer: Signer | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    signer?.update(head);
    yield head;
    for await (const bytes of body) {
      signer?.lend(bytes);
      yield bytes;
      await signer?.room();
    }
    if (signer) yield await signer.footer();
  } finally {
    await signer?.close();
  }
}

/** Hashes a message beside its opening; says in the end whether its signature is true. To be closed. */
export class Verifier extends Passing {
  readonly #signature: Signature;
  readonly #publicKey: string;

  constructor(signature: Signature, publicKey: string) {
    super('verify', signature.hash);
    this.#signature = signature;
    this.#publicKey = publicKey;
  }

  /** @throws EnvelopeError `signature` */
  async check(signature: Uint8Array): Promise<void> {
    const key = decompress(this.#publicKey, this.#signature);
    if ((await this.end(key, signature)) !== true) throw new EnvelopeError('signature');
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
