import { UserError } from '../errors.ts';
import type { Pair } from './pair.ts';
import { lastOfEach } from './refuse.ts';

/** `NAME=value` a line, the value as it stands there; `passed` are lines that say nothing. */
export function readLines(lines: readonly string[], passed?: RegExp): Pair[] {
  const pairs = lines.flatMap((line, index) => {
    if (passed?.test(line)) return [];
    const [, name, value] = /^([A-Za-z_][\w.-]*)=(.*)$/s.exec(line) ?? [];
    if (name === undefined) throw new UserError('usage', `line ${index + 1} is not NAME=VALUE`);
    return [{ name, value: value! }];
  });
  return lastOfEach(pairs);
}
