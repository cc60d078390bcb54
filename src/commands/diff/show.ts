import type { Terminal } from '../../context.ts';
import { fingerprints } from '../../output/fingerprint.ts';
import { type ListOptions, writeList } from '../../output/list.ts';
import { type Difference, directionOf, type Leaf } from './difference.ts';
import type { Shown } from './shown.ts';
import { writeUnified } from './unified.ts';

export interface ShowOptions extends Omit<ListOptions, 'output'> {
  output?: ListOptions['output'] | 'unified';
  reveal?: boolean;
}

interface Found {
  readonly sources: readonly [string, string];
  readonly values: readonly Difference[];
  /** Absent where nobody asked. */
  readonly meta?: readonly Shown[];
}

/** Prints what differs, as a list or like `diff -u`. */
export async function show(terminal: Terminal, found: Found, { output, ...options }: ShowOptions): Promise<void> {
  const mark = options.reveal ? undefined : fingerprints();
  const Of = found.meta && 'value';
  const items = [...found.values.map((one) => ({ ...shown(one, mark), Of })), ...(found.meta ?? [])].sort(byName);
  if (output === 'unified') return writeUnified(terminal, found.sources, items);
  if (output === 'text' && !options.query) return writeLines(terminal, items, Of !== undefined);
  const types = items.some(({ FromType }) => FromType) ? ['FromType', 'ToType'] : [];
  const sizes = options.reveal ? [] : ['FromBytes', 'ToBytes'];
  const columns = ['Name', ...(Of ? ['Of'] : []), 'Change', 'From', 'To', ...sizes, ...types];
  await writeList(terminal, { columns, items, none: 'there is no difference' }, { ...options, output });
}

/** Every field in its column, whether or not any item has it. */
function writeLines(terminal: Terminal, items: readonly Shown[], withMeta: boolean): Promise<void> {
  const sides = ['From', 'FromBytes', 'FromType', 'To', 'ToBytes', 'ToType'] as const;
  const columns = ['Name', ...(withMeta ? (['Of'] as const) : []), 'Change', ...sides] as const;
  const lines = items.map((item) => columns.map((name) => item[name]));
  return writeList(terminal, { columns, items: lines }, { output: 'text' });
}

const byName = (one: Shown, other: Shown) => (one.Name === other.Name ? 0 : one.Name < other.Name ? -1 : 1);

type Mark = ((value: string | Uint8Array) => string) | undefined;

function shown(difference: Difference, mark: Mark): Shown {
  const { name, a, b } = difference;
  const [FromType, ToType] = a && b && typeOf(a) !== typeOf(b) ? [typeOf(a), typeOf(b)] : [];
  return {
    ...{ Name: name, Change: directionOf(difference) },
    ...{ From: a && printed(a, mark), FromBytes: a && Buffer.byteLength(a.value), FromType },
    ...{ To: b && printed(b, mark), ToBytes: b && Buffer.byteLength(b.value), ToType },
  };
}

const printed = ({ value }: Leaf, mark: Mark) => (mark ? mark(value) : value);

function typeOf({ json }: Leaf): string {
  if (json === undefined) return 'string';
  if (json.startsWith('{')) return 'object';
  if (json.startsWith('[')) return 'list';
  return json === 'null' ? json : /^[tf]/.test(json) ? 'boolean' : 'number';
}
