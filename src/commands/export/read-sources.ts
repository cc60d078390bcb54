import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { FormatName } from '../../formats/formats.ts';
import type { Pair } from '../../formats/pair.ts';
import { parseReference } from '../../reference/reference.ts';
import type { Entries } from '../entries/entries.ts';
import { readEntries } from '../entries/read-entries.ts';

/** One value, and where it is from. */
export interface Sourced extends Pair {
  readonly source: string;
  /** Whether it was given its name on the command line, which then stays as it is. */
  readonly named: boolean;
}

export interface Wanted {
  readonly source: string;
  /** Where it is one value: the name that it gets. */
  readonly name?: string;
}

interface Read {
  readonly found: Sourced[];
  readonly failed: Entries['failed'];
}

/** Reads all that is wanted, side by side; of many sources one that cannot be read takes no other with it. */
export async function readSources(context: Context, wanted: readonly Wanted[], format?: FormatName): Promise<Read> {
  const parts = await Promise.all(
    wanted.map((one) =>
      readSource(context, one, format).catch((error: Error): Read => {
        if (wanted.length === 1) throw error;
        return { found: [], failed: [{ name: one.source, error }] };
      }),
    ),
  );
  return { found: parts.flatMap(({ found }) => found), failed: parts.flatMap(({ failed }) => failed) };
}

async function readSource(context: Context, { source, name }: Wanted, format?: FormatName): Promise<Read> {
  const { shape, entries, failed } = await readEntries(context, source, { format });
  if (name !== undefined) return { found: [onlyOne(entries, { source, name })], failed };
  // Of a tree nothing says the order; the other kinds are as somebody wrote them.
  const ordered = shape === 'tree' ? entries.sort((a, b) => (a.name < b.name ? -1 : 1)) : entries;
  return {
    found: ordered.map((entry) => ({ ...entry, name: entry.name || lastPart(source), source, named: false })),
    failed,
  };
}

function onlyOne(entries: readonly Pair[], { source, name }: Required<Wanted>): Sourced {
  const [entry, ...more] = entries;
  if (entry?.name === '' && more.length === 0) return { ...entry, name, source, named: true };
  throw new UserError('usage', `"${source}" holds several values, and --env ${name} takes one`, {
    hints: [`one of its keys: --env '${name}=${source}#KEY'`, `all of them: latchkey export ${source}`],
  });
}

/** What a value by itself is called: `secret:prod/db#replica/host` is `host`. */
function lastPart(source: string): string {
  const reference = parseReference(source);
  if (reference.kind !== 'secret' && reference.kind !== 'param') return '';
  const whole = reference.key ?? (reference.kind === 'secret' ? reference.id : reference.name);
  return whole.split(/[/:]/).at(-1)!;
}
