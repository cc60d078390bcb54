import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { doEach } from '../fates.ts';
import { sideBySide } from '../side-by-side.ts';
import { addQueryOptions, found, isQuery, type QueryOptions } from './query.ts';
import { type Tagged, tagged, taggedBy } from './tagged.ts';
import type { Tags } from './tags-of.ts';

export interface ChangeOptions extends PlanOptions, QueryOptions {}

/** What is to be done to the tags of one thing. */
interface Change {
  readonly add: Tags;
  readonly remove: readonly string[];
}

export const addChangeOptions = (command: Command): Command =>
  addQueryOptions(addPlanOptions(command)).argument(
    '[reference...]',
    'like secret:prod/db, param:/prod/url, key:alias/app',
  );

interface Wish {
  readonly references: readonly string[];
  readonly options: ChangeOptions;
  /** Out of the tags that a thing has now. */
  change(tags: Tags): Change;
}

/** Changes the tags of what is named, or of what a query finds: a plan, a question where much is at stake, then all. */
export async function changeTags(context: Context, { references, options, change }: Wish): Promise<void> {
  const things = await thingsOf(context, references, options);
  const planned = await sideBySide(things, async (thing) => ({ thing, ...change(await thing.read()) }));
  const items = planned.filter(({ add, remove }) => Object.keys(add).length + remove.length > 0);
  if (items.length === 0) return context.terminal.remark('nothing is to be changed');
  const yes = options.yes || (!isQuery(options) && items.every(({ remove }) => remove.length === 0));
  const plan = { lines: items.map(lineOf), question: `Change the tags of ${items.length}?` };
  if (!(await confirmPlan(context, plan, { ...options, yes }))) return;
  await doEach(context.terminal, {
    items,
    said: ({ thing }) => thing.said,
    async work({ thing, add, remove }) {
      if (Object.keys(add).length > 0) await thing.add(add);
      if (remove.length > 0) await thing.remove([...remove]);
    },
  });
  context.terminal.remark(`changed the tags of ${items.length}`);
}

async function thingsOf(context: Context, references: readonly string[], options: ChangeOptions): Promise<Tagged[]> {
  if (references.length > 0 && isQuery(options)) {
    throw new UserError('usage', 'expected references or a query, got both', {
      hints: ['name them, or say which: --where, --name, --kind'],
    });
  }
  if (references.length > 0) return Promise.all([...new Set(references)].map((text) => taggedBy(context, text)));
  if (!isQuery(options)) {
    throw new UserError('usage', 'expected references, or a query', {
      hints: ['like secret:prod/db, or --where team=red'],
    });
  }
  const clients = await context.clients();
  return (await found(context, options)).map((thing) => tagged(clients, context.terminal, thing));
}

function lineOf({ thing, add, remove }: Change & { thing: Tagged }): string {
  const added = Object.entries(add).map(([key, value]) => `${key}=${value}`);
  return [thing.said, ...added.map((tag) => `+${tag}`), ...remove.map((key) => `-${key}`)].join(' ');
}

/** Of tags that are wanted, those that are not there so already. */
export const missing = (wanted: Tags, tags: Tags): Tags =>
  Object.fromEntries(Object.entries(wanted).filter(([key, value]) => tags[key] !== value));
