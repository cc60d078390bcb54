import { explain } from '../aws/errors.ts';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { type ListOptions, writeRecord } from '../output/list.ts';

/** By name as it is to be printed: a value, or the error that kept it back. */
export type Answer = [name: string, answer: unknown];

interface Many {
  answers: readonly Answer[];
  /** What they are, in one word: `secrets`. */
  what: string;
  /** What lists those there are. */
  listing: string;
}

/**
 * Prints the values that could be read, and says of each of the others what is wrong with it. Throws code `partial` where
 * there are others; where there are only such, and nothing to print, their own code if they all have the same.
 */
export async function writeAnswers({ terminal }: Context, many: Many, options: ListOptions): Promise<void> {
  const { answers, what } = many;
  const failed = answers.filter(([, answer]) => answer instanceof Error) as [string, Error][];
  const sayAll = () => {
    for (const [name, error] of failed) terminal.say(`not read: "${name}": ${reasonOf(error)}`);
  };
  if (failed.length === answers.length) throw noneOf(failed, many, sayAll);
  const values = Object.fromEntries(answers.filter(([, answer]) => !(answer instanceof Error)));
  await writeRecord(terminal, values, options);
  if (failed.length === 0) return;
  sayAll();
  throw new UserError('partial', `${failed.length} of ${answers.length} ${what} could not be read`);
}

const asKnown = (error: Error) => (error instanceof UserError ? error : explain(error));

/** In our words where there are any: an error that nobody foresaw could hold a value. */
const reasonOf = (error: Error) => asKnown(error)?.message ?? error.name;

function noneOf(failed: [string, Error][], { what, listing }: Many, sayAll: () => void): Error {
  const codes = new Set(failed.map(([, error]) => asKnown(error)?.code));
  const [code] = codes;
  if (code === undefined || failed.length === 1) return failed[0]![1];
  sayAll();
  return new UserError(codes.size === 1 ? code : 'partial', `none of the ${failed.length} ${what} could be read`, {
    hints: code === 'denied' ? ['see who you are and where: "latchkey doctor"'] : [`see what there is: "${listing}"`],
  });
}
