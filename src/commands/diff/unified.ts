import type { Terminal } from '../../context.ts';
import { visible } from '../../output/visible.ts';
import type { Shown } from './shown.ts';

/** As `diff -u` has it: what the first side has behind "-", what the second has behind "+". */
export async function writeUnified(
  terminal: Terminal,
  [from, to]: readonly [string, string],
  items: readonly Shown[],
): Promise<void> {
  if (items.length === 0) return terminal.remark('there is no difference');
  const { Chalk } = await import('chalk');
  const { bold, red, green } = new Chalk({ level: terminal.outIsTTY && !process.env.NO_COLOR ? 1 : 0 });
  const lines = items.flatMap((item) => [
    ...(item.Change === 'added' ? [] : [red(line('-', item, [item.From, item.FromBytes, item.FromType]))]),
    ...(item.Change === 'removed' ? [] : [green(line('+', item, [item.To, item.ToBytes, item.ToType]))]),
  ]);
  const heads = [bold(line('--- ', { Name: from })), bold(line('+++ ', { Name: to }))];
  await terminal.write(`${[...heads, ...lines].join('\n')}\n`);
}

type Side = [value: Shown['From'], bytes: number | undefined, type: string | undefined];

function line(
  sign: string,
  { Name, Of }: Pick<Shown, 'Name' | 'Of'>,
  [value, bytes, type]: Partial<Side> = [],
): string {
  const about = [type, bytes === undefined ? undefined : sizeOf(bytes)].filter((one) => one !== undefined);
  const words = [
    Name,
    Of === 'value' ? undefined : Of,
    value && oneLine(value),
    about.length > 0 && `(${about.join(', ')})`,
  ];
  return `${sign}${visible(words.filter(Boolean).join(' ')).replaceAll('\n', '\\n')}`;
}

const sizeOf = (bytes: number) => (bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`);

/** Quoted where it has lines itself, so that nobody takes a backslash for one. */
function oneLine(value: string | Uint8Array): string {
  if (typeof value !== 'string') return Buffer.from(value).toString('base64');
  return /[\n\r]/.test(value) ? JSON.stringify(value) : value;
}
