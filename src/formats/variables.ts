import type { Pair } from './pair.ts';
import { cannotTake, requireOneEach, textWithoutNul } from './refuse.ts';

/** Names of variables that every shell takes. */
const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Text of variables, `line` by line; `taker` is who reads it, for messages. */
export function writeVariables(
  pairs: readonly Pair[],
  taker: string,
  line: (name: string, value: string) => string,
): string {
  requireOneEach(pairs);
  const lines = pairs.map((pair) => {
    if (!variable.test(pair.name)) throw cannotTake(pair.name, 'is no name of a variable', taker);
    return `${line(pair.name, textWithoutNul(pair, taker))}\n`;
  });
  return lines.join('');
}
