import { explain } from '../aws/errors.ts';
import type { Terminal } from '../context.ts';
import { UserError } from '../errors.ts';
import { sideBySide } from './side-by-side.ts';

interface Bulk<Item> {
  readonly items: readonly Item[];
  /** How a person calls one. */
  said(item: Item): string;
  work(item: Item): Promise<unknown>;
}

/**
 * Does something to each of many, whatever becomes of the others. Where some fail it says of each what came of it, and
 * throws code `partial`; where all do, or there is but one, what that one threw.
 */
export async function doEach<Item>(terminal: Terminal, { items, said, work }: Bulk<Item>): Promise<void> {
  const errors = await sideBySide(items, (item) =>
    work(item).then(
      () => undefined,
      (error: Error) => error,
    ),
  );
  const failed = errors.filter((error) => error !== undefined);
  if (failed.length === 0) return;
  if (failed.length === items.length) throw failed[0];
  for (const [index, item] of items.entries()) {
    const error = errors[index];
    terminal.say(error ? `not done: ${said(item)} (${reasonOf(error)})` : `done: ${said(item)}`);
  }
  throw new UserError('partial', `${failed.length} of ${items.length} could not be done`, {
    hints: ['mend what it says, and run it again: what is done is done once'],
    cause: failed[0],
  });
}

/** In our words where there are any: an error that nobody foresaw could hold a value. */
const reasonOf = (error: Error) => (error instanceof UserError ? error : explain(error))?.message ?? error.name;
