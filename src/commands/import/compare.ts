import { explain } from '../../aws/errors.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';
import { byName, bytesOf, type Change, isSame } from '../entries/changes.ts';
import { newKeys } from '../entries/edit-keys.ts';
import type { Entries, Entry } from '../entries/entries.ts';
import { requireFit, secretTrouble } from '../entries/fit.ts';
import { readEntries } from '../entries/read-entries.ts';
import { asJson } from '../secret/json-value.ts';

/** What goes to one place. */
export interface Delivery {
  readonly target: string;
  readonly entries: readonly Entry[];
}

export interface CompareOptions {
  readonly prune?: boolean;
  readonly skipExisting?: boolean;
  /** Whether a string that comes in is one: a `.env` file knows no numbers. */
  readonly isTyped: boolean;
}

/** What is there, and what is to become of it. */
export interface Comparison {
  readonly target: string;
  readonly before: Entries;
  /** The same by name. */
  readonly known: ReadonlyMap<string, Entry>;
  /** Whether there is nothing of this name yet. */
  readonly isNew: boolean;
  readonly changes: readonly Change[];
  /** What is there and different, and stays as it is. */
  readonly skipped: readonly string[];
}

/** Compares what comes in with what is there. Throws code `usage` for what can never be stored there. */
export async function compare(context: Context, delivery: Delivery, options: CompareOptions): Promise<Comparison> {
  const { target, entries } = delivery;
  requireFit(
    context.terminal,
    target,
    entries.map((entry) => ({ name: entry.name, entry })),
  );
  const found = await readWhatIsThere(context, target);
  const before = found ?? { source: target, shape: shapeOf(target), entries: [], failed: [] };
  requireComparable(before, options);
  const known = byName(before);
  const wanted = entries.map((entry) => asStored(entry, known.get(entry.name), before, options));
  const different = wanted.filter((entry) => !isSame(entry, known.get(entry.name)));
  const isSkipped = ({ name }: Entry) => options.skipExisting === true && known.has(name);
  const taken = different.filter((entry) => !isSkipped(entry));
  const kept = new Set(entries.map(({ name }) => name));
  const gone = options.prune ? before.entries.filter(({ name }) => !kept.has(name)) : [];
  const changes = [...taken.map((entry) => ({ name: entry.name, entry })), ...gone.map(({ name }) => ({ name }))];
  if (before.shape === 'keys') requireRoom(target, known, changes);
  return {
    target,
    before,
    known,
    isNew: found === undefined,
    changes,
    skipped: different.filter(isSkipped).map(({ name }) => name),
  };
}

/** Throws code `usage` where the secret would be longer than any can be. */
function requireRoom(target: string, known: ReadonlyMap<string, Entry>, changes: readonly Change[]): void {
  const after = new Map<string, Change>([...known].map(([name, entry]) => [name, { name, entry }]));
  for (const change of changes) after.set(change.name, change);
  const trouble = secretTrouble(newKeys([...after.values()]));
  if (trouble === undefined) return;
  throw new UserError('usage', `"${target}" cannot hold all of it: ${trouble}`, {
    hints: [`nothing was written; for a secret each, end it with a slash: ${target}/`],
  });
}

/** Undefined where nothing goes by this name. */
async function readWhatIsThere(context: Context, target: string): Promise<Entries | undefined> {
  try {
    return await readEntries(context, target);
  } catch (error) {
    const known = error instanceof UserError ? error : explain(error);
    if (known?.code === 'not-found') return undefined;
    throw error;
  }
}

function shapeOf(target: string): Entries['shape'] {
  const reference = parseReference(target);
  return isSecretTree(reference) || (reference.kind === 'param' && reference.tree) ? 'tree' : 'keys';
}

function requireComparable({ source, shape, failed }: Entries, { prune }: CompareOptions): void {
  if (shape === 'value') {
    throw new UserError('usage', `"${source}" is one value, not a JSON object, so it has no keys to import into`, {
      hints: [`nothing was changed; to import things below it, end it with a slash: ${source}/`],
    });
  }
  const [first] = failed;
  if (!first || !prune) return;
  throw new UserError('denied', `what is at "${source}" cannot be read whole: not "${first.name}"`, {
    hints: ['nothing was changed; without --prune, what cannot be read is left alone'],
    cause: first.error,
  });
}

/** An entry as it reads when it is stored: below a path without a JSON type, as a key with that of what is there. */
function asStored(entry: Entry, there: Entry | undefined, { shape }: Entries, { isTyped }: CompareOptions): Entry {
  const { json, ...plain } = entry;
  if (shape !== 'keys') return plain;
  if (isTyped || there?.json === undefined) return entry;
  const text = keptInType(entry, there.json);
  return text.startsWith('"') ? plain : { ...plain, value: text, json: text };
}

function keptInType({ name, value }: Entry, old: string): string {
  try {
    return asJson(Buffer.from(bytesOf(value)).toString(), { key: name, old });
  } catch (cause) {
    throw new UserError('usage', (cause as Error).message, {
      hints: ['nothing was written; from a JSON or YAML file anything may take its place'],
      cause,
    });
  }
}
