import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readFile } from '../../input/value.ts';
import { fromAnyEncoding } from './encoding.ts';

/** What a signature or a MAC is held against comes from elsewhere: standard input is there once. */
interface Given {
  /** Where the message is; standard input when undefined. */
  file: string | undefined;
  /** Where the signature or MAC is. */
  proof: string;
  option: string;
}

/** The signature or MAC in a file or from standard input, whichever way it is written. Throws code `usage`. */
export async function readProof({ terminal }: Context, { file, proof, option }: Given): Promise<Uint8Array> {
  if (proof === '-' && (file ?? '-') === '-') {
    throw new UserError('usage', `the message and ${option} cannot both be standard input`, {
      hints: ['name the file of one of them'],
    });
  }
  const bytes = fromAnyEncoding(proof === '-' ? await terminal.readAll() : await readFile(proof));
  if (bytes.length > 0) return bytes;
  throw new UserError('usage', proof === '-' ? 'standard input is empty' : `"${proof}" is empty`);
}

/** Whether KMS says that it is true; where it is not, KMS answers with an error of its own name. */
export async function isTrue(asked: Promise<boolean | undefined>, refusal: string): Promise<boolean> {
  try {
    return (await asked) === true;
  } catch (error) {
    if (error instanceof Error && error.name === refusal) return false;
    throw error;
  }
}
