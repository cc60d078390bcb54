import { explain } from '../aws/errors.ts';
import type { Terminal } from '../context.ts';
import { UserError } from '../errors.ts';
import { type Progress, progressOf } from '../output/progress.ts';
import { lanes, sideBySide } from './side-by-side.ts';

interface Bulk<Item> {
  readonly items: readonly Item[];
  /** How a person calls one. */
  said(item: Item): string;
  work(item: Item): Promise<unknown>;
  /** What says how far it is, by a measure of its own; the items are counted where there is none. */
  readonly progress?: Progress;
}

/** What became of an item that failed, or that was never begun. */
type Failure = Error | 'not tried';

/**
 * Does something to each of many, whatever becomes of the others. Where some fail it says of each what came of it, and
 * throws code `partial`; where all do, or there is but one, what that one threw. Once nothing answers any more, the rest
 * is not tried.
 */
export async function doEach<Item>(terminal: Terminal, bulk: Bulk<Item>): Promise<void> {
  const { items, said } = bulk;
  const fates = await fatesOf(terminal, bulk);
  const failed = fates.filter((fate) => fate !== undefined);
  const [cause] = failed.filter((fate) => fate !== 'not tried');
  if (!cause) return;
  if (failed.length === items.length) throw cause;
  for (const [index, item] of items.entries()) terminal.say(lineOf(said(item), fates[index]));
  throw new UserError('partial', `${failed.length} of ${items.length} could not be done`, {
    hints: ['mend what it says, and run it again: what is done is done once'],
    cause,
  });
}

async function fatesOf<Item>(terminal: Terminal, bulk: Bulk<Item>): Promise<(Failure | undefined)[]> {
  const { items, work } = bulk;
  const progress = bulk.progress ?? progressOf(terminal, 'done', items.length);
  let unanswered = 0; // in a row
  const fates = await sideBySide(items, async (item): Promise<Failure | undefined> => {
    if (unanswered >= lanes) return 'not tried';
    try {
      await work(item);
      unanswered = 0;
      return undefined;
    } catch (error) {
      unanswered = asKnown(error as Error)?.code === 'unreachable' ? unanswered + 1 : 0;
      return error as Error;
    } finally {
      if (!bulk.progress) progress.add(1);
    }
  });
  progress.end();
  return fates;
}

function lineOf(name: string, fate: Failure | undefined): string {
  if (!fate) return `done: ${name}`;
  return fate === 'not tried' ? `not tried: ${name}` : `not done: ${name} (${reasonOf(fate)})`;
}

/** In our words where there are any: an error that nobody foresaw could hold a value. */
const reasonOf = (error: Error) => asKnown(error)?.message ?? error.name;

const asKnown = (error: Error) => (error instanceof UserError ? error : explain(error));
