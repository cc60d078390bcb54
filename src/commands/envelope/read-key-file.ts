import { requirePrivate } from '../../aws/key-file.ts';
import type { Context } from '../../context.ts';
import type { KeyError } from '../../envelope/keyrings/key-error.ts';
import { type RawKey, readKey } from '../../envelope/keyrings/read-key.ts';
import { UserError } from '../../errors.ts';
import { readFile } from '../../input/value.ts';
import { readPassphrase } from './passphrase.ts';

/** Reads keys from files that nobody else can read; a passphrase that is in a file is for all that are locked. */
export function keyReader(context: Context, passphraseFile?: string): (file: string) => Promise<RawKey> {
  return async (file) => {
    const bytes = await readFile(file);
    const ask = () =>
      readPassphrase(context, {
        file: passphraseFile,
        question: `Passphrase of "${file}"`,
        option: '--key-passphrase-file',
      });
    const key = await readKey(bytes, ask).catch((error) => {
      throw explainKey(error, file);
    });
    if (key.kind === 'aes' || key.privateKey) requirePrivate(file);
    return key;
  };
}

/** What is wrong with a key in a file. The parts of the program may each have a copy of the error's class. */
export function explainKey(error: unknown, file: string): unknown {
  if ((error as Error | undefined)?.name !== 'KeyError') return error;
  const { trouble, message } = error as KeyError;
  const code = trouble === 'passphrase' ? 'integrity' : 'usage';
  return new UserError(code, `"${file}": ${message}`, {
    hints: trouble === 'no key' ? ['make one: "latchkey keygen --out FILE"'] : [],
    cause: error,
  });
}
