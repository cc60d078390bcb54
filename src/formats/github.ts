import { randomUUID } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Format, Pair } from './pair.ts';
import { cannotTake, lastOfEach } from './refuse.ts';
import { writeVariables } from './variables.ts';

const taker = '$GITHUB_ENV';

/**
 * The text of `$GITHUB_ENV`. The delimiter is random, so that no value can end itself and set other variables:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export const format: Format = {
  write: (pairs) =>
    writeVariables(pairs, taker, (name, value) => {
      if (/^(GITHUB|RUNNER)_/i.test(name)) throw cannotTake(name, "is a variable of the runner's own", taker);
      if (/^NODE_OPTIONS$/i.test(name)) throw cannotTake(name, 'would change how actions run', taker);
      // Before the line break that follows, a runner on Windows takes it for a part of that.
      if (value.endsWith('\r')) throw cannotTake(name, 'ends with a carriage return', taker);
      const delimiter = `latchkey_${randomUUID()}`;
      return `${name}<<${delimiter}\n${value}\n${delimiter}`;
    }),

  read(text) {
    const lines = text.split('\n');
    const pairs: Pair[] = [];
    while (lines.length > 0) {
      if (lines[0] === '') lines.shift();
      else pairs.push(takePair(lines));
    }
    return lastOfEach(pairs);
  },
};

function takePair(lines: string[]): Pair {
  const line = lines.shift()!;
  const [, name, sign, rest] = /^([^=]+?)(=|<<)(.*)$/s.exec(line) ?? [];
  if (name === undefined) throw new UserError('usage', 'a line is neither NAME=VALUE nor NAME<<DELIMITER');
  if (sign === '=') return { name, value: rest! };
  const end = lines.indexOf(rest!);
  if (end < 0) throw new UserError('usage', `the value of "${name}" has no end`);
  return {
    name,
    value: lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n'),
  };
}
