import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FormatName, loadFormat } from '../../src/formats/formats.ts';
import { awkwardText, runs, takenBy } from './awkward.ts';

/** Programs of others, which read as text what is on their standard input, and print as JSON what that was to them. */
interface Reader {
  readonly name: string;
  readonly isHere: () => boolean;
  readonly read: (input: string) => { stdout: string; stderr: string };
}

const run = (command: string, args: string[], input = '') =>
  spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 1e9 });

const python = (name: string, imports: string, expression: string): Reader => ({
  name,
  isHere: () => run('python3', ['-c', imports]).status === 0,
  read: (input) => run('python3', ['-c', `import json\n${imports}\nprint(json.dumps(${expression}))`], input),
});

const java = `import java.util.*;
public class Read {
  public static void main(String[] args) throws Exception {
    Properties found = new Properties();
    found.load(System.in);
    StringJoiner all = new StringJoiner(",", "{", "}");
    for (String name : found.stringPropertyNames()) {
      StringBuilder value = new StringBuilder();
      for (char unit : found.getProperty(name).toCharArray()) value.append(String.format("\\\\u%04x", (int) unit));
      all.add("\\"" + name + "\\":\\"" + value + "\\"");
    }
    System.out.print(all);
  }
}`;

function readWithJava(input: string) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-java-'));
  try {
    const file = path.join(folder, 'Read.java');
    fs.writeFileSync(file, java);
    return run('java', [file], input);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const readers: [FormatName, Reader][] = [
  [
    'csv',
    python(
      "Python's csv",
      'import csv, io, sys',
      '{row["name"]: row["value"] for row in csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline=""))}',
    ),
  ],
  ['yaml', python('PyYAML, which is YAML 1.1', 'import yaml, sys', 'yaml.safe_load(sys.stdin.buffer)')],
  ['json', python("Python's json", 'import sys', 'json.load(sys.stdin.buffer)')],
  ['properties', { name: 'Java', isHere: () => run('javac', ['-version']).status === 0, read: readWithJava }],
];

it.for(readers.map(([format, reader]) => [format, reader.name, reader] as const))(
  '%s as %s reads it (skipped where that is not installed)',
  { timeout: 60_000 },
  async ([name, , reader], { skip }) => {
    if (!reader.isHere()) skip(`${reader.name} is not here`);
    const format = await loadFormat(name);
    const values = fc.sample(awkwardText, runs(10, 3000)).filter((value) => value.length < 1000);
    const taken = takenBy(format, values);
    const { stdout, stderr } = reader.read(format.write(taken));
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(taken.map((pair) => [pair.name, pair.value])));
  },
);
