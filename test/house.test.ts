import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const src = path.join(import.meta.dirname, '../src');

/** Which rooms a room may import from. Single files of src are rooms of their own. */
const mayImport: Record<string, string[]> = {
  cli: ['commands', 'aws', 'output', 'context', 'errors', 'version'],
  commands: ['aws', 'reference', 'output', 'input', 'context', 'errors', 'files', 'version', 'vault'],
  input: ['context', 'errors', 'output'],
  output: ['errors', 'terminal'],
  reference: ['aws', 'errors', 'context'],
  aws: ['vault', 'context', 'errors', 'files', 'version', 'output'],
  vault: [],
  context: ['aws', 'terminal'],
  errors: [],
  files: ['errors'],
  version: [],
};

const roomOf = (file: string) => {
  const name = path.relative(src, file).split(path.sep).join('/');
  return name === 'cli/terminal.ts' ? 'terminal' : name.split('/')[0]!.replace(/\.ts$/, '');
};

const files = fs.readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const imports = files.flatMap((name) => {
  const file = path.join(src, name);
  const lines = fs.readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g);
  return [...lines].map(([, target]) => ({
    name,
    from: roomOf(file),
    to: roomOf(path.resolve(path.dirname(file), target!)),
    target: target!,
  }));
});

it('keeps the arrows of the house', () => {
  const wrong = imports.filter(
    ({ from, to }) => from !== to && !(from === 'terminal' ? ['output'] : (mayImport[from] ?? [])).includes(to),
  );
  expect(
    wrong
      .filter(({ from, to }) => !(from === 'cli' && to === 'terminal'))
      .map(({ name, target }) => `${name} -> ${target}`),
  ).toEqual([]);
});

it('opens the vault through one door, and keeps the SDK out of everything else', () => {
  const doors = imports.filter(({ from, to }) => from !== 'vault' && to === 'vault').map(({ name }) => name);
  expect(doors.filter((name) => !/^(aws\/(vault|errors)|commands\/vault\/)/.test(name))).toEqual([]);
  const sdk = files.filter((name) => /from '@(aws-sdk|smithy)\//.test(fs.readFileSync(path.join(src, name), 'utf8')));
  expect(sdk.filter((name) => !/^aws\/(sdk\/|services\.ts)/.test(name))).toEqual([]);
});
