import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { KeyError } from './key-error.ts';
import { newStretching, parseStretching, printStretching, type ScryptCost, stretch } from './stretch.ts';

/*
 * A key file of latchkey: text in lines, those that begin with "#" for people.
 *
 *     latchkey aes-256 key NAME
 *     BASE64
 *
 * A locked one says between them how a passphrase opens it; its base64 is IV (12 bytes) | ciphertext | tag (16), AES-256-GCM, with the first two lines (each
 * with its newline) as additional data. `rsa` is always locked, and what it locks is PKCS #8 (DER): an RSA key that is not is plain PEM.
 *
 *     latchkey rsa key NAME
 *     locked scrypt:131072:8:1:SALT
 *     BASE64
 */
const kinds = ['aes-128', 'aes-192', 'aes-256', 'rsa'] as const;
type KeyKind = (typeof kinds)[number];

/** A key file taken apart: its key is in the open or locked. */
export interface KeyFile {
  readonly kind: KeyKind;
  readonly name: string;
  readonly key: Uint8Array;
}

const firstLine = /^latchkey (aes-128|aes-192|aes-256|rsa) key ([^\p{Cc}\s](?:[^\p{Cc}]{0,255}[^\p{Cc}\s])?)$/u;
const ivLength = 12;
const tagLength = 16;

interface Locking {
  readonly passphrase?: string;
  /** For tests; the default is about half a second and 128 MiB. */
  readonly cost?: ScryptCost;
}

/** The text of a key file, with a passphrase locked. */
export async function printKeyFile({ kind, name, key }: KeyFile, { passphrase, cost }: Locking = {}): Promise<string> {
  const first = `latchkey ${kind} key ${name}`;
  if (!firstLine.test(first)) throw new KeyError('name', 'the name of a key is 1 to 257 characters in one line');
  if (passphrase === undefined) return `${first}\n${base64(key)}\n`;
  const stretching = newStretching(cost);
  const head = `${first}\nlocked ${printStretching(stretching)}\n`;
  return `${head}${base64(lock(await stretch(passphrase, stretching), head, key))}\n`;
}

export const isKeyFile = (text: string): boolean => firstLine.test(linesOf(text)[0] ?? '');

/**
 * The mirror image of `printKeyFile`. The passphrase is only asked for where the file is locked.
 * @throws KeyError
 */
export async function parseKeyFile(text: string, askPassphrase?: () => Promise<string>): Promise<KeyFile> {
  const [first = '', ...rest] = linesOf(text);
  const [, kind, name] = firstLine.exec(first) ?? [];
  if (!kind || !name) throw new KeyError('no key', 'this is not a key file');
  const key = rest.length === 2 ? await unlock(first, rest, askPassphrase) : open(rest);
  const file = { kind: kind as KeyKind, name, key };
  if (kind !== 'rsa' && key.length !== lengthOf(file.kind)) {
    throw new KeyError('length', `the key is ${key.length} bytes, not ${lengthOf(file.kind)}`);
  }
  if (kind === 'rsa' && rest.length !== 2) throw new KeyError('no key', 'this is not a key file');
  return file;
}

/** The name of an AES key that was given none: sixteen digits that come from the key and tell nothing of it. */
export const nameOfAesKey = (key: Uint8Array): string =>
  `aes-${createHmac('sha256', key).update('latchkey name of an AES key 1').digest('hex').slice(0, 16)}`;

const lengthOf = (kind: KeyKind) => Number(kind.slice(4)) / 8;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'));

function open(lines: readonly string[]): Uint8Array {
  if (lines.length !== 1) throw new KeyError('no key', 'this is not a key file');
  return fromBase64(lines[0]!);
}

function fromBase64(line: string): Uint8Array {
  const bytes = Buffer.from(line, 'base64');
  if (base64(bytes) !== line) throw new KeyError('no key', 'the key in the file is not base64');
  return bytes;
}

function lock(key: Uint8Array, head: string, text: Uint8Array): Uint8Array {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength }).setAAD(Buffer.from(head));
  return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

async function unlock(first: string, [how, line]: string[], askPassphrase?: () => Promise<string>) {
  const stretching = parseStretching(/^locked (scrypt:.+)$/.exec(how!)?.[1] ?? '');
  const locked = fromBase64(line!);
  if (!stretching || locked.length < ivLength + tagLength) throw new KeyError('no key', 'this is not a key file');
  if (!askPassphrase) throw new KeyError('locked', 'the key is locked with a passphrase');
  const key = await stretch(await askPassphrase(), stretching);
  const end = locked.length - tagLength;
  const decipher = createDecipheriv('aes-256-gcm', key, locked.subarray(0, ivLength), { authTagLength: tagLength })
    .setAAD(Buffer.from(`${first}\n${how}\n`))
    .setAuthTag(locked.subarray(end));
  try {
    return Buffer.concat([decipher.update(locked.subarray(ivLength, end)), decipher.final()]);
  } catch {
    throw new KeyError('passphrase', 'the passphrase does not open the key, or the file is damaged');
  }
}
