import { explain } from '../../aws/errors.ts';
import type { Terminal } from '../../context.ts';
import { type Trouble, UserError } from '../../errors.ts';
import type { Entries } from '../entries/entries.ts';

interface Left {
  /** What could not be read. */
  readonly failed: Entries['failed'];
  /** What the format has no form for. */
  readonly refused: Entries['failed'];
  /** How many values there are, these among them. */
  readonly of: number;
}

/** Says of each value that will be missing why. Throws where none may be, or where there would be nothing else. */
export function accountFor(terminal: Terminal, { failed, refused, of }: Left, skipFailed = false): void {
  const left = [...failed, ...refused];
  if (left.length === 0) return;
  const isOnly = of === 1 || (refused.length === 1 && failed.length === 0 && !skipFailed);
  if (isOnly) throw left[0]!.error;
  for (const one of left) terminal.say(`left out: ${saidOf(one)}`);
  const all = left.length === of;
  if (skipFailed && !all) return;
  const code = (all && commonCode(left)) || (failed.length > 0 ? 'partial' : 'usage');
  throw new UserError(code, `${left.length} of ${of} values cannot be exported, so none is`, {
    hints: all ? [] : ['to export the others: --skip-failed'],
    cause: left[0]!.error,
  });
}

function saidOf({ name, error }: Entries['failed'][number]): string {
  const { message } = asKnown(error) ?? { message: error.name };
  return message.includes(`"${name}"`) ? message : `"${name}" (${message})`;
}

const asKnown = (error: Error) => (error instanceof UserError ? error : explain(error));

function commonCode(left: Entries['failed']): Trouble | undefined {
  const codes = new Set(left.map(({ error }) => asKnown(error)?.code));
  return codes.size === 1 ? [...codes][0] : undefined;
}
