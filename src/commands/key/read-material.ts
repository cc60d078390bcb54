import { createPrivateKey } from 'node:crypto';
import type { KeySpec } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readValue } from '../../input/value.ts';
import { decode, type Encoding } from './encoding.ts';
import { isBytes } from './wrap-material.ts';

interface Wanted {
  /** Standard input, or a hidden prompt, when undefined. */
  file: string | undefined;
  spec: KeySpec;
  encoding: Encoding;
}

/** What is to be the material of a key: bytes, or a private key as PKCS #8 in DER. Throws code `usage` for all else. */
export async function readMaterial(context: Context, { file, spec, encoding }: Wanted): Promise<Uint8Array> {
  const options = { valueFile: file, allowEmpty: true };
  const bytes = decode(await readValue(context, options, { question: `Material (${encoding})` }), encoding);
  if (!isBytes(spec)) return privateKeyIn(bytes, spec);
  const wanted = lengthOf(spec);
  if (bytes.length === wanted) return bytes;
  throw new UserError('usage', `material of ${spec} is ${wanted} bytes, and this is ${bytes.length}`, {
    hints: encoding === 'raw' ? ['where it is written as text: --encoding base64, or hex'] : [],
  });
}

const lengthOf = (spec: KeySpec) => (spec === 'SYMMETRIC_DEFAULT' ? 256 : Number(spec.slice('HMAC_'.length))) / 8;

function privateKeyIn(bytes: Uint8Array, spec: KeySpec): Uint8Array {
  const key = Buffer.from(bytes);
  const text = key.toString('latin1');
  if (/^-----BEGIN ENCRYPTED|^Proc-Type: .*ENCRYPTED/m.test(text)) {
    throw new UserError('usage', 'this private key is locked with a passphrase', {
      hints: ['unlock it on the way: "openssl pkey -in FILE | latchkey key import KEY -"'],
    });
  }
  try {
    const read = text.includes('-----BEGIN ')
      ? createPrivateKey(key)
      : createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return read.export({ format: 'der', type: 'pkcs8' });
  } catch {
    // Node's own words could quote what it has read.
    throw new UserError('usage', `material of ${spec} is a private key, in PEM or as PKCS #8 in DER, and this is none`);
  }
}
