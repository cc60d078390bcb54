import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FormatName, loadFormat } from '../../src/formats/formats.ts';
import { awkwardText, runs, takenBy } from './awkward.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-formats-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const isInstalled = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

function runIn(shell: string, script: string): string {
  const env = { PATH: process.env.PATH, HOME: folder, NODE: process.execPath, LC_ALL: 'C.UTF-8' };
  const { stdout, stderr, status } = spawnSync(shell, ['-c', script], { env, encoding: 'utf8', maxBuffer: 1e9 });
  expect({ script, status, stderr }).toEqual({ script, status: 0, stderr: '' });
  return stdout;
}

/** The environment that a shell hands on once it has read this text; a program prints it, not the shell. */
function environmentAfter(shell: string, command: string, text: string): Record<string, string> {
  const [file, printer] = [path.join(folder, 'variables'), path.join(folder, 'print.cjs')];
  fs.writeFileSync(file, text);
  fs.writeFileSync(printer, 'process.stdout.write(JSON.stringify(process.env))');
  const all: Record<string, string> = JSON.parse(runIn(shell, `${command} '${file}'\n"$NODE" '${printer}'`));
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('NAME_')));
}

/** Bytes of the longest value that an environment takes, and how many of the long ones there is room for. */
const [longest, room] = [130_000, 6];

/** Thousands of values in one file: a shell costs more than what it has to read. */
async function written(name: FormatName): Promise<{ text: string; expected: Record<string, string> }> {
  const format = await loadFormat(name);
  const values = fc.sample(awkwardText, runs(7, 4000));
  const taken = takenBy(format, values).filter(({ value }) => Buffer.byteLength(value) < longest);
  const long = taken.filter(({ value }) => value.length > 1000);
  const kept = taken.filter((pair) => !long.includes(pair) || long.indexOf(pair) < room);
  expect(long.length).toBeGreaterThanOrEqual(room);
  return { text: format.write(kept), expected: Object.fromEntries(kept.map(({ name, value }) => [name, `${value}`])) };
}

describe('what was written, as a shell reads it (skipped where there is none of its name)', () => {
  const posix = ['bash', 'dash', 'zsh'];
  const all: [shell: string, FormatName, command: string][] = [
    ...posix.map((shell): [string, FormatName, string] => [shell, 'shell', '.']),
    ...posix.map((shell): [string, FormatName, string] => [shell, 'dotenv', 'set -a; .']),
    ['fish', 'fish', 'source'],
  ];
  it.for(all)('%s: %s', { timeout: 60_000 }, async ([shell, name, command], { skip }) => {
    if (!isInstalled(shell)) skip(`there is no ${shell} here`);
    const { text, expected } = await written(name);
    expect(Object.keys(expected).length).toBeGreaterThan(name === 'dotenv' ? 1200 : 3000);
    expect(environmentAfter(shell, command, text)).toEqual(expected);
  });
});

it('the dotenv package reads what dotenv wrote', async () => {
  const { text, expected } = await written('dotenv');
  expect(parseDotenv(text)).toEqual(expected);
});

/** How each shell lists all variables that it knows. */
const listing = {
  bash: 'compgen -v',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is zsh's
  zsh: 'zmodload zsh/parameter; print -l ${(k)parameters}',
  dash: "set | sed -n 's/^\\([A-Za-z_]*\\)=.*/\\1/p'",
  fish: 'set -n',
};

it.for(Object.entries(listing))(
  'what %s keeps for itself is refused, and all else arrives',
  async ([shell, list], { skip }) => {
    if (!isInstalled(shell)) skip(`there is no ${shell} here`);
    const format = await loadFormat(shell === 'fish' ? 'fish' : 'shell');
    const names = new Set(runIn(shell, list).match(/^[A-Za-z_]\w*$/gm));
    expect(names.size).toBeGreaterThan(5);
    for (const name of names) {
      if (/^(LANG|LC_\w+)$/.test(name)) continue; // bash warns of a locale that there is not, and takes it
      const pair = { name, value: 'a:b c' };
      if (isRefused(() => format.write([pair]))) continue;
      const print = `/usr/bin/env | /usr/bin/grep -c '^${name}=a:b c$'`;
      expect(`${name}: ${runIn(shell, `${format.write([pair])}${print}`)}`).toBe(`${name}: 1\n`);
    }
  },
);

function isRefused(write: () => unknown): boolean {
  try {
    write();
    return false;
  } catch {
    return true;
  }
}
