import { UserError } from '../errors.ts';
import type { Format, Pair } from './pair.ts';
import { requireOneEach, textOf, textWithoutNul } from './refuse.ts';
import { Scanner } from './scanner.ts';

/** RFC 4180, with the header `name,value`. */
export const format: Format = {
  write(pairs) {
    requireOneEach(pairs);
    const rows = pairs.map((pair) => {
      const name = textOf({ name: pair.name, value: pair.name }, 'a CSV file');
      return `${field(name)},${field(textWithoutNul(pair, 'a CSV file'))}\n`;
    });
    return `name,value\n${rows.join('')}`;
  },

  /** Columns beside these two may be there, and are passed over. */
  read(text) {
    const [header = [], ...rows] = readRows(text);
    const nameAt = header.indexOf('name');
    const valueAt = header.indexOf('value');
    if (nameAt < 0 || valueAt < 0)
      throw new UserError('usage', 'expected columns "name" and "value" in the first line');
    const pairs = rows.map((row, index): Pair => {
      const [name, value] = [row[nameAt], row[valueAt]];
      if (name !== undefined && value !== undefined) return { name, value };
      throw new UserError('usage', `row ${index + 1} has no name and value`);
    });
    requireOneEach(pairs);
    return pairs;
  },
};

const field = (text: string) => (/^[^",\r\n\s]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`);

const cell = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
const behindCell = /(,)|(?:\r?\n|$)/y;

function readRows(text: string): string[][] {
  const scanner = new Scanner(text, 'fields of CSV');
  const rows: string[][] = [];
  while (!scanner.done) {
    const row: string[] = [];
    do {
      const [, quoted, plain] = scanner.expect(cell);
      row.push(quoted?.replaceAll('""', '"') ?? plain!);
    } while (scanner.expect(behindCell)[1]);
    rows.push(row);
  }
  return rows;
}
