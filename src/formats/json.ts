import { UserError } from '../errors.ts';
import { spansOf } from './json-spans.ts';
import type { Format, Pair } from './pair.ts';
import { isBinary, requireOneEach } from './refuse.ts';

/** One object: a name and a value each. What is no string keeps its type, and numbers all their digits. */
export const format: Format = {
  write(pairs) {
    requireOneEach(pairs);
    if (pairs.length === 0) return '{}\n';
    return `{\n${pairs.map((pair) => `  ${JSON.stringify(pair.name)}: ${jsonOf(pair)}`).join(',\n')}\n}\n`;
  },

  read(text) {
    const pairs = jsonPairs(text);
    if (pairs) return pairs;
    throw new UserError('usage', 'expected a JSON object');
  },
};

function jsonOf({ name, value, json }: Pair): string {
  if (json !== undefined) return json;
  if (typeof value === 'string') return JSON.stringify(value);
  throw isBinary(name, 'JSON');
}

/** The members of a JSON object; undefined where the text is none. */
export function jsonPairs(text: string): Pair[] | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const { start, members } = spansOf(text);
  if (!members || text[start] !== '{') return undefined;
  return [...members].map(([name, span]) => jsonPair(name, text.slice(span.start, span.end)));
}

/** A pair of a JSON text: a string by what it says, all else by what stands there. */
export const jsonPair = (name: string, json: string): Pair =>
  json.startsWith('"') ? { name, value: JSON.parse(json) as string } : { name, value: json, json };
