import { randomBytes } from 'node:crypto';
import { VaultError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { createDatabase } from '../store/database.ts';
import { layOut, type Migration, upgrade } from '../store/format.ts';
import { sealerOf } from '../store/sealing.ts';
import { problemsOf } from '../verify.ts';
import { allItems, find, type Item, isOwn, isSame, nameOf, type Store, write } from './items.ts';
import { type Export, readLines, type Unlock } from './lines.ts';

/** What an import would do, or has done; items by what a person calls them. */
export interface ImportPlan {
  readonly added: readonly string[];
  /** There already, and the same. */
  readonly same: readonly string[];
  /** There already, and different. */
  readonly taken: readonly string[];
}

/** What becomes of an item whose name is taken. */
export type WhenTaken = 'refuse' | 'skip' | 'overwrite';

export interface Import {
  plan(): ImportPlan;
  /** All of it or nothing. Throws a `VaultError` where a name is taken that may not be, and where it would not hold. */
  run(whenTaken: WhenTaken): ImportPlan;
}

interface Given extends Store {
  readonly migrations: readonly Migration[];
  /** A call in a vault that has this database and this sealer. */
  callIn(store: Store): (region: string, account?: string) => Call;
}

/**
 * Opens an export, and gets it ready to come into a vault: in a vault in memory it is brought up to date, and proves
 * itself, before the other one is touched. Throws a `VaultError`.
 */
export async function openExport(
  text: string,
  unlock: Unlock,
  { migrations, callIn, ...store }: Given,
): Promise<Import> {
  const ready = upToDate(await readLines(text, unlock), { migrations, callIn });
  return {
    plan: () => store.database.transaction('read', () => planOf(classify(store, ready))),
    run: (whenTaken) =>
      store.database.transaction('write', () => {
        const found = classify(store, ready);
        const plan = planOf(found);
        if (whenTaken === 'refuse' && plan.taken.length > 0)
          throw new VaultError('exists', `there is ${plan.taken[0]} already`);
        for (const { item, before, state } of found) {
          if (state === 'added' || (state === 'taken' && whenTaken === 'overwrite')) write(store, item, before);
        }
        hold(store, callIn, 'with these items the vault would not hold');
        return plan;
      }),
  };
}

function upToDate(
  { items, format }: Pick<Export, 'items' | 'format'>,
  { migrations, callIn }: Pick<Given, 'migrations' | 'callIn'>,
): Item[] {
  if (format > migrations.length) {
    throw new VaultError(
      'newer',
      `the export has format ${format}, this latchkey knows formats up to ${migrations.length}`,
    );
  }
  const database = createDatabase(':memory:');
  const store = { database, sealer: sealerOf(randomBytes(32)) };
  try {
    layOut(database, migrations.slice(0, format));
    database.transaction('write', () => {
      for (const item of items) write(store, item);
    });
    upgrade(database, migrations);
    hold(store, callIn, 'what is in the export does not hold');
    return [...allItems(store)];
  } finally {
    database.close();
  }
}

function hold(store: Store, callIn: Given['callIn'], otherwise: string): void {
  const [problem] = problemsOf(store.database, store.sealer, callIn(store));
  if (problem !== undefined) throw new VaultError('damaged', `${otherwise}: ${problem}`);
}

interface Found {
  readonly item: Item;
  readonly before?: Item;
  readonly state: keyof ImportPlan;
}

const classify = (store: Store, items: readonly Item[]): Found[] =>
  items.map((item) => {
    const before = find(store, item);
    if (!before) return { item, state: 'added' };
    return { item, before, state: isOwn(item) || isSame(item, before) ? 'same' : 'taken' };
  });

function planOf(found: readonly Found[]): ImportPlan {
  const named = (wanted: keyof ImportPlan) =>
    found.filter(({ state }) => state === wanted).map(({ item }) => nameOf(item));
  return { added: named('added'), same: named('same'), taken: named('taken') };
}
