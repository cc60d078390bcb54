import type { Format, Pair } from './pair.ts';
import { lastOfEach, requireOneEach, textOf } from './refuse.ts';

/**
 * Java's `.properties`, in ASCII alone, which every version reads the same:
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
 */
export const format: Format = {
  write(pairs) {
    requireOneEach(pairs);
    const lines = pairs.map((pair) => `${escapedName(pair.name)}=${escaped(textOf(pair, 'a properties file'))}\n`);
    return lines.join('');
  },

  read: (text) => lastOfEach(logicalLines(text).map(pairOf)),
};

const letters: Record<string, string> = { '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', '\\': '\\' };
const meanings: Record<string, string> = { t: '\t', n: '\n', f: '\f', r: '\r' };

const codeOf = (unit: string) => `u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const escapedUnit = (unit: string) => `\\${letters[unit] ?? (/[ -~]/.test(unit) ? unit : codeOf(unit))}`;
/** Spaces in front are part of a value only behind a backslash. */
const escaped = (text: string) => text.replace(/^ |[^\x20-\x7e]|\\/g, escapedUnit);
const escapedName = (text: string) => text.replace(/[^\x20-\x7e]|[\\ =:#!]/g, escapedUnit);

/** Lines without comments, each joined with those that a backslash at its end continues it on. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let begun: string | undefined;
  for (const natural of text.split(/\r\n?|\n/)) {
    const line = natural.replace(/^[ \t\f]+/, '');
    if (begun === undefined && /^([#!]|$)/.test(line)) continue;
    const whole = (begun ?? '') + line;
    const goesOn = /(?<!\\)(?:\\\\)*\\$/.test(line);
    begun = goesOn ? whole.slice(0, -1) : undefined;
    if (!goesOn) lines.push(whole);
  }
  return begun ? [...lines, begun] : lines;
}

function pairOf(line: string): Pair {
  const name = /^(?:\\[\s\S]|[^\\=: \t\f])*/.exec(line)![0];
  const value = line.slice(name.length).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '');
  return { name: unescaped(name), value: unescaped(value) };
}

const unescaped = (text: string) =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code, letter) =>
    code === undefined ? (meanings[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
