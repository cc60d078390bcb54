import type { Format, Pair } from './pair.ts';
import { cannotTake, lastOfEach } from './refuse.ts';
import { Scanner } from './scanner.ts';
import { writeVariables } from './variables.ts';

/**
 * For PowerShell's `.` and `Invoke-Expression`: a line each, of ASCII alone, since Windows PowerShell 5.1 reads a script in
 * the system's code page, and since PowerShell takes curly quotes for straight ones. All else is `[char]0x20AC`.
 */
export const format: Format = {
  write: (pairs) =>
    writeVariables(pairs, 'PowerShell', (name, value) => {
      if (value === '') throw cannotTake(name, 'is empty', 'PowerShell');
      const quoted = value
        .replaceAll("'", "''")
        .replace(/[^\x20-\x7e]/g, (unit) => `' + [char]0x${unit.charCodeAt(0).toString(16).toUpperCase()} + '`);
      return `$env:${name} = '${quoted}'`;
    }),

  read(text) {
    const scanner = new Scanner(text, "$env:NAME = 'VALUE'");
    const pairs: Pair[] = [];
    while (!scanner.done) {
      if (scanner.take(nothing)) continue;
      const name = scanner.expect(nameAndSign)[1]!;
      pairs.push({ name, value: readSum(scanner) });
    }
    return lastOfEach(pairs);
  },
};

const nothing = /[ \t]*(?:#[^\n]*)?\r?\n|[ \t]+$|[ \t]*#[^\n]*$/y;
const nameAndSign = /[ \t]*\$env:([A-Za-z_]\w*)[ \t]*=[ \t]*/iy;
const operand = /'((?:''|[^'‘’‚‛])*)'|\[char\]0x([0-9a-f]{1,4})/iy;
const plus = /[ \t]*\+[ \t]*/y;
const endOfLine = /[ \t]*;?(?:\r?\n|$)/y;

function readSum(scanner: Scanner): string {
  let sum = '';
  do {
    const [, text, code] = scanner.expect(operand);
    sum += text?.replaceAll("''", "'") ?? String.fromCharCode(Number.parseInt(code!, 16));
  } while (scanner.take(plus));
  scanner.expect(endOfLine);
  return sum;
}
