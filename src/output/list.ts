import type { Command } from 'commander';
import type { Terminal } from '../context.ts';
import { UserError } from '../errors.ts';
import { plain } from './plain.ts';
import { visible, visibleJson } from './visible.ts';

const formats = ['table', 'json', 'yaml', 'text'] as const;
type Format = (typeof formats)[number];

export interface ListOptions {
  output?: Format;
  query?: string;
}

export interface List {
  /** The fields a table shows, by the API's own names. The other formats show all. */
  readonly columns: readonly string[];
  readonly items: readonly object[];
  /** What is said where there are no items; "there are none" where nothing else is said. */
  readonly none?: string;
}

/** Adds `--output`, which may have `more` formats than those of every list, and `--query`. */
export function addListOptions(command: Command, more: readonly string[] = []): Command {
  const choices = [...more, ...formats];
  const named = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  return command
    .addOption(
      command
        .createOption('--output <format>', `${named} (default: table on a terminal, json when piped)`)
        .choices(choices),
    )
    .option('--query <expression>', 'JMESPath, on the JSON');
}

/** Prints items: a table of the columns, or all their fields. Throws code `usage` for a query that is none. */
export async function writeList(
  terminal: Terminal,
  { columns, items, none }: List,
  options: ListOptions,
): Promise<void> {
  const format = options.output ?? (terminal.outIsTTY && !options.query ? 'table' : 'json');
  if (format !== 'table' || options.query) return writeData(terminal, items, { ...options, output: format });
  if (items.length === 0) return terminal.remark(none ?? 'there are none');
  const { table } = await import('./table.ts');
  const rows = (plain(items) as Record<string, unknown>[]).map((item) => columns.map((name) => cell(item[name])));
  await terminal.write(await table(terminal, columns, rows));
}

/** Prints one object: a table of its fields, or of those of `shown`, which a person reads more easily; or its data. */
export async function writeRecord(
  terminal: Terminal,
  record: object,
  options: ListOptions,
  shown = record,
): Promise<void> {
  const format = options.output ?? (terminal.outIsTTY && !options.query ? 'table' : 'json');
  if (format !== 'table' || options.query) return writeData(terminal, record, { ...options, output: format });
  const { table } = await import('./table.ts');
  const rows = Object.entries(plain(shown) as object).map(([name, value]) => [visible(name), cell(value)]);
  await terminal.write(await table(terminal, [], rows));
}

async function writeData(terminal: Terminal, data: unknown, { output, query }: ListOptions): Promise<void> {
  const asked = query === undefined ? plain(data) : await search(plain(data), query);
  if (output === 'text' && Array.isArray(asked) && asked.length === 0) return; // a line would be an item
  const printed = await print(asked, output);
  await terminal.write(`${terminal.outIsTTY ? harmless(printed, output) : printed}\n`);
}

/** JSON for a terminal is still JSON; what YAML leaves as it is can only be shown. */
const harmless = (printed: string, output: Format | undefined) =>
  (output ?? 'json') === 'json' ? visibleJson(printed) : visible(printed);

async function search(data: unknown, query: string): Promise<unknown> {
  const { search } = await import('@jmespath-community/jmespath');
  try {
    return search(data as never, query);
  } catch (error) {
    throw new UserError('usage', `--query: ${(error as Error).message}`, {
      hints: [`text takes single quotes ('a'), a name with a dash or a slash double ones ("a-b")`],
      cause: error,
    });
  }
}

async function print(data: unknown, format: Format | undefined): Promise<string> {
  if (format === 'yaml') {
    const { stringify } = await import('yaml');
    return stringify(data).trimEnd();
  }
  if (format === 'text') return text(data);
  return JSON.stringify(data ?? null, null, 2);
}

/** As `aws --output text` has it: a line an item, tabs between its fields, an empty one where an item has it not. */
function text(data: unknown): string {
  if (!Array.isArray(data)) return fields(data, namesIn([data]));
  const names = namesIn(data);
  return data.map((item) => (Array.isArray(item) ? item.map(cell).join('\t') : fields(item, names))).join('\n');
}

const isRecord = (item: unknown): item is Record<string, unknown> =>
  typeof item === 'object' && item !== null && !Array.isArray(item);

/** Of the fields that any of the items has. */
const namesIn = (items: unknown[]) => [...new Set(items.filter(isRecord).flatMap(Object.keys))];

const fields = (item: unknown, names: string[]) =>
  isRecord(item) ? names.map((name) => cell(item[name])).join('\t') : cell(item);

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return visible(value.join(', '));
  return visible(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
