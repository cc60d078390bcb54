import { Chalk } from 'chalk';
import Table from 'cli-table3';
import type { Terminal } from '../context.ts';

/** A table without lines: headings, then a row each. Colour only where it can be seen and NO_COLOR is not set. */
export async function table(terminal: Terminal, headings: readonly string[], rows: string[][]): Promise<string> {
  const chalk = new Chalk({ level: terminal.outIsTTY && !process.env.NO_COLOR ? 1 : 0 });
  const blank = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
  const sides = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' };
  const printed = new Table({
    head: headings.map((heading) => chalk.bold(heading)),
    chars: { ...blank, ...sides, right: '', 'right-mid': '', middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  printed.push(...(headings.length > 0 ? rows : rows.map(([name, ...cells]) => [chalk.bold(name), ...cells])));
  return `${printed.toString().replace(/ +$/gm, '')}\n`;
}
