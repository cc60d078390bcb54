import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';
import type { Header } from './header.ts';

export const ivLength = 12;
export const tagLength = 16;

/** Stands before the last frame, where the others have their number. */
export const finalMark = 0xffff_ffff;

/** The longest single block: what AES-GCM may do under one IV. */
export const longestBlock = 2 ** 36 - 32;

export type Kind = 'Frame' | 'Final Frame' | 'Single Block';

/** Encrypts and decrypts the frames of one message; the text stays in the pieces it comes in. */
export class Frames {
  readonly #cipher: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';
  readonly #key: KeyObject;
  readonly #aads: Record<Kind, Buffer>;
  readonly #iv = Buffer.alloc(ivLength);
  /** Whether the message is hashed meanwhile, by a thread that sees what is sealed. */
  readonly hashed: boolean;

  constructor({ suite, messageId }: Header, contentKey: Uint8Array) {
    this.hashed = suite.signature !== undefined;
    this.#cipher = suite.cipher;
    this.#key = createSecretKey(contentKey);
    const aad = (kind: Kind) =>
      Buffer.concat([messageId, Buffer.from(`AWSKMSEncryptionClient ${kind}`), Buffer.alloc(12)]);
    this.#aads = { Frame: aad('Frame'), 'Final Frame': aad('Final Frame'), 'Single Block': aad('Single Block') };
  }

  /**
   * What is encrypted at once: for short results the same memory is found again and again, new memory costs the system a quarter of what encrypting does.
   * Beside hashing, which takes longer, the shortest cost nothing, and the least memory waits to be found.
   */
  parts(piece: Buffer): Buffer[] {
    const length = this.hashed ? 4096 : 16_384;
    const found: Buffer[] = [];
    for (let at = 0; at < piece.length; at += length) found.push(piece.subarray(at, at + length));
    return found;
  }

  /** What is authenticated with a frame: message id, what it is, its number (4 bytes), the length of its text (8 bytes). */
  #aad(kind: Kind, sequence: number, length: number): Buffer {
    const aad = this.#aads[kind];
    aad.writeUInt32BE(sequence, aad.length - 12);
    aad.writeUInt32BE(Math.floor(length / 2 ** 32), aad.length - 8);
    aad.writeUInt32BE(length % 2 ** 32, aad.length - 4);
    return aad;
  }

  /** Begins a frame; its IV is its number. */
  sealing(kind: Kind, sequence: number, length: number) {
    const iv = this.#iv;
    iv.writeUInt32BE(sequence, ivLength - 4);
    const cipher = createCipheriv(this.#cipher, this.#key, iv);
    cipher.setAAD(this.#aad(kind, sequence, length));
    return cipher;
  }

  opening(kind: Kind, sequence: number, length: number, iv: Uint8Array) {
    const decipher = createDecipheriv(this.#cipher, this.#key, iv, { authTagLength: tagLength });
    decipher.setAAD(this.#aad(kind, sequence, length));
    return decipher;
  }

  /**
   * The text of a whole frame.
   * @throws EnvelopeError `body` where its tag is false
   */
  open(kind: Kind, sequence: number, length: number, iv: Uint8Array, sealed: Buffer[], tag: Uint8Array): Buffer[] {
    const decipher = this.opening(kind, sequence, length, iv);
    const text = sealed.flatMap((piece) => this.parts(piece)).map((part) => decipher.update(part));
    decipher.setAuthTag(tag);
    finish(decipher);
    return text;
  }
}

/** @throws EnvelopeError `body` where the tag is false */
export function finish(decipher: { final(): Buffer }): void {
  try {
    decipher.final();
  } catch {
    throw new EnvelopeError('body');
  }
}
