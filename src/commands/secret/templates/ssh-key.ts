import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { UserError } from '../../../errors.ts';
import type { Template } from './template.ts';

const makePair = promisify(generateKeyPair);

/** A new pair of SSH keys, of type `ed25519` (default) or `rsa`, without a passphrase: the secret is what protects it. */
export const sshKey: Template = {
  needs: [],
  build: async ({ type = 'ed25519', comment = '', ...more }) => {
    if (/[\r\n]/.test(comment)) throw new UserError('usage', 'the comment of a key is one line');
    return { ...(await makeKeys(type, comment)), ...more };
  },
};

async function makeKeys(type: string, comment: string) {
  if (type === 'ed25519') {
    const { publicKey, privateKey } = await makePair('ed25519');
    return pairOf('ssh-ed25519', ed25519Blob(publicKey), { private_key: openSshFile(privateKey, comment), comment });
  }
  if (type !== 'rsa') throw new UserError('usage', `expected as type ed25519 or rsa, got "${type}"`);
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 4096 });
  const private_key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return pairOf('ssh-rsa', rsaBlob(publicKey), { private_key, comment });
}

const pairOf = (type: string, blob: Buffer, { private_key, comment }: { private_key: string; comment: string }) => ({
  ...{ type, private_key },
  public_key: [type, blob.toString('base64'), comment].join(' ').trim(),
});

/** A member of a JWK, as bytes. */
const member = (key: KeyObject, name: 'n' | 'e' | 'x' | 'd'): Buffer =>
  Buffer.from(key.export({ format: 'jwk' })[name]!, 'base64url');

// The encodings of RFC 4251, section 5.
const uint32 = (value: number): Buffer => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
const string = (value: string | Buffer): Buffer =>
  Buffer.concat([uint32(Buffer.byteLength(value)), Buffer.from(value)]);
const mpint = (value: Buffer): Buffer => string(value[0]! & 0x80 ? Buffer.concat([Buffer.of(0), value]) : value);

/** RFC 8709, section 4. */
const ed25519Blob = (key: KeyObject) => Buffer.concat([string('ssh-ed25519'), string(member(key, 'x'))]);
/** RFC 4253, section 6.6. */
const rsaBlob = (key: KeyObject) =>
  Buffer.concat([string('ssh-rsa'), mpint(member(key, 'e')), mpint(member(key, 'n'))]);

/**
 * The only form in which OpenSSH takes an Ed25519 key.
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
function openSshFile(key: KeyObject, comment: string): string {
  const check = randomBytes(4);
  const pair = Buffer.concat([member(key, 'd'), member(key, 'x')]);
  const inside = Buffer.concat([check, check, ed25519Blob(key), string(pair), string(comment)]);
  const padding = Buffer.from(Array.from({ length: (8 - (inside.length % 8)) % 8 }, (_, index) => index + 1));
  const file = Buffer.concat([
    ...[Buffer.from('openssh-key-v1\0'), string('none'), string('none'), string(''), uint32(1)],
    ...[string(ed25519Blob(key)), string(Buffer.concat([inside, padding]))],
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g)!;
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}
