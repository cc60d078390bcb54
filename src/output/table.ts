import { Chalk } from 'chalk';
import Table from 'cli-table3';
import type { Terminal } from '../context.ts';

/** A table without lines: headings, then a row each. Colour only where it can be seen and NO_COLOR is not set. */
export async function table(terminal: Terminal, headings: readonly string[], rows: string[][]): Promise<string> {
  const chalk = new Chalk({ level: terminal.outIsTTY && !process.env.NO_COLOR ? 1 : 0 });
  const blank = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
  const sides = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' };
  const isRecord = headings.length === 0;
  const [head, ...shown] =
    terminal.outIsTTY && !isRecord ? clipped([[...headings], ...rows], terminal.columns) : [[...headings], ...rows];
  const printed = new Table({
    head: head!.map((heading) => chalk.bold(heading)),
    chars: { ...blank, ...sides, right: '', 'right-mid': '', middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  printed.push(...(isRecord ? shown.map(([name, ...cells]) => [chalk.bold(name), ...cells]) : shown));
  return `${printed.toString().replace(/ +$/gm, '')}\n`;
}

const between = 2;
const narrowest = 8;

/**
 * Rows, the headings first, that fit on a terminal: the widest columns are cut, but the first, which is what one copies
 * from there.
 */
function clipped(rows: string[][], columns: number): string[][] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  const room = columns - between * (widths.length - 1);
  for (let excess = widths.reduce((sum, width) => sum + width, -room); excess > 0; excess -= 1) {
    const widest = Math.max(...widths.slice(1));
    if (widest <= narrowest) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return rows.map((row) => row.map((cell, at) => clip(cell, at === 0 ? cell.length : widths[at]!)));
}

const clip = (text: string, width: number) => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);
