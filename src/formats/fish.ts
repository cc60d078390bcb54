import type { Format, Pair } from './pair.ts';
import { cannotTake, lastOfEach } from './refuse.ts';
import { Scanner } from './scanner.ts';
import { keptByFish } from './shell-names.ts';
import { writeVariables } from './variables.ts';

/** For fish's `source`: single quotes, in which only a backslash and a single quote mean anything. */
export const format: Format = {
  write: (pairs) =>
    writeVariables(pairs, 'fish', (name, value) => {
      if (keptByFish.has(name)) throw cannotTake(name, 'is a variable that fish keeps for itself', 'fish');
      return `set -gx ${name} '${value.replace(/['\\]/g, '\\$&')}'`;
    }),

  read(text) {
    const scanner = new Scanner(text, "set -gx NAME 'VALUE'");
    const pairs: Pair[] = [];
    while (!scanner.done) {
      if (scanner.take(nothing)) continue;
      const [, name, value] = scanner.expect(command);
      pairs.push({ name: name!, value: value!.replace(/\\(['\\])/g, '$1') });
    }
    return lastOfEach(pairs);
  },
};

const nothing = /[ \t]*(?:#[^\n]*)?\r?\n|[ \t]+$|[ \t]*#[^\n]*$/y;
const command = /[ \t]*set(?:[ \t]+--?[a-z]+)*[ \t]+([A-Za-z_]\w*)[ \t]+'((?:\\[\s\S]|[^'\\]+)*)'[ \t]*;?(?:\r?\n|$)/y;
