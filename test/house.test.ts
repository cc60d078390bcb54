import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const src = path.join(import.meta.dirname, '../src');

/** Which rooms a room may import from; single files of src are rooms of their own. */
const mayImport: Record<string, string[]> = {
  cli: ['commands', 'aws', 'output', 'context', 'errors', 'version'],
  commands: [
    'aws',
    'reference',
    'formats',
    'output',
    'input',
    'rotation',
    'vault',
    'envelope',
    'context',
    'errors',
    'files',
    'run-child',
    'schedule',
    'version',
  ],
  rotation: ['aws', 'reference', 'errors', 'schedule'],
  input: ['context', 'errors', 'run-child'],
  output: ['context', 'errors', 'files'],
  files: ['errors'],
  reference: ['aws', 'formats', 'errors'],
  formats: ['errors'],
  aws: ['vault', 'surroundings', 'errors', 'files', 'version'],
  vault: ['schedule'],
  envelope: [],
  schedule: [],
  context: ['aws', 'surroundings'],
  testing: ['vault'],
  'run-child': ['surroundings'],
};

const roomOf = (file: string) => path.relative(src, file).split(path.sep)[0]!.replace(/\.ts$/, '');

const files = fs.readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const imports = files.flatMap((name) => {
  const file = path.join(src, name);
  const found = fs.readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g);
  const targets = [...found].map(([, target]) => path.resolve(path.dirname(file), target!));
  return targets.map((target) => ({
    name,
    from: roomOf(file),
    to: roomOf(target),
    target: path.relative(src, target),
  }));
});

it('keeps the arrows of the house', () => {
  const wrong = imports.filter(({ from, to }) => from !== to && !mayImport[from]?.includes(to));
  expect(wrong.map(({ name, target }) => `${name} -> ${target}`)).toEqual([]);
});

it('opens the vault through one door, and keeps the SDK out of everything else', () => {
  const doors = imports.filter(({ from, to }) => from !== 'vault' && to === 'vault').map(({ name }) => name);
  expect(
    doors.filter((name) => !/^(aws\/vault[a-z-]*|aws\/errors|commands\/vault\/.*|testing)\.ts$/.test(name)),
  ).toEqual([]);
  const users = files.filter((name) =>
    /^(?:import|export|}).* from '@(aws-sdk|smithy)\//m.test(fs.readFileSync(path.join(src, name), 'utf8')),
  );
  expect(users.filter((name) => !/^aws\/(sdk\/|services\.ts)/.test(name))).toEqual([]);
});

it('has no circles: a page can be read before those that use it', () => {
  const next = (file: string) => imports.filter(({ name }) => name === file);
  const done = new Set<string>();
  const visit = (name: string, way: string[]): string[] => {
    if (way.includes(name)) return [[...way.slice(way.indexOf(name)), name].join(' -> ')];
    if (done.has(name)) return [];
    done.add(name);
    return next(name).flatMap(({ target }) => visit(target, [...way, name]));
  };
  expect(files.flatMap((name) => visit(name, []))).toEqual([]);
});
