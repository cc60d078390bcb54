import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readValue } from '../../input/value.ts';

interface Asking {
  /** Where it is, instead of asking. */
  file?: string;
  /** Like "Passphrase of the message". */
  question: string;
  /** Ask twice: it is new. */
  confirm?: boolean;
  /** The option that names its file. */
  option: string;
}

/** A passphrase, from a file or a hidden prompt; standard input is for data. Throws code `usage` where it is empty. */
export async function readPassphrase(context: Context, { file, question, confirm, option }: Asking): Promise<string> {
  if (file === undefined && !context.terminal.inIsTTY) {
    throw new UserError('usage', `${question[0]!.toLowerCase()}${question.slice(1)}: nobody can be asked`, {
      hints: [`name a file that holds it: ${option} FILE`],
    });
  }
  const asked = { question, confirm, neverEmpty: 'a passphrase has at least one character' };
  const bytes = await readValue(context, { valueFile: file, trimNewline: true }, asked);
  return Buffer.from(bytes).toString();
}
