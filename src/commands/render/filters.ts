import { UserError } from '../../errors.ts';
import { utf8 } from '../secret/secret-value.ts';
import type { Value } from '../variables/read-each.ts';

const textFilters: Readonly<Record<string, (text: string) => string>> = {
  json: JSON.stringify,
  shell: quoted,
  url: (text) => encodeURIComponent(text).replace(/[!'()*]/g, percent),
  base64: (text) => Buffer.from(text).toString('base64'),
};

export const filterNames = Object.keys(textFilters);

/** A value by the filters, from left to right. Throws code `usage` for what no text can hold. */
export function applyFilters(value: Value, names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === 'base64') return applyFilters(Buffer.from(value).toString('base64'), others);
  const text = typeof value === 'string' ? value : utf8(value);
  if (text === undefined) throw new UserError('usage', 'the value is binary: it takes "| base64"');
  return names.reduce((one, name) => textFilters[name]!(one), text);
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  if (text.includes('\0')) throw new UserError('usage', 'the value holds a NUL byte, which no shell can');
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
