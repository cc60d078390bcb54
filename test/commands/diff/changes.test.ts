import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesFor } from '../../../src/commands/diff/changes.ts';
import { compare } from '../../../src/commands/diff/compare.ts';
import { jsonParts } from '../../../src/commands/diff/json-parts.ts';
import { type NameFilter, nameFilter } from '../../../src/commands/diff/name-filter.ts';
import type { Change } from '../../../src/commands/entries/changes.ts';
import type { Entries, Entry } from '../../../src/commands/entries/entries.ts';
import { jsonPairs } from '../../../src/formats/json.ts';

const side = (shape: Entries['shape'], entries: Entry[], source = shape): Entries => ({
  ...{ source, shape, entries, failed: [] },
});
const keys = (json: string) => side('keys', jsonPairs(json)!);
const tree = (values: Record<string, string>, type?: string) =>
  side(
    'tree',
    Object.entries(values).map(([name, value]) => ({ name, value, type })),
  );
const pairs = (values: Record<string, string>) => side('pairs', tree(values).entries);

interface Given extends NameFilter {
  prune?: boolean;
  asVariables?: boolean;
}

function changes(a: Entries, b: Entries, { prune, asVariables, ...filter }: Given = {}): Change[] {
  const wants = nameFilter(filter);
  return changesFor(compare(a, b, { asVariables, wants }), { b, prune, wants });
}

const plain = (all: Change[]) =>
  Object.fromEntries(all.map(({ name, entry }) => [name, entry && (entry.json ?? entry.value)]));

describe('keys of JSON', () => {
  test('what differs, with its type, and nothing else', () => {
    const found = changes(keys('{"a":1,"b":"x","c":true}'), keys('{"a":"1","b":"x","d":0}'));
    expect(found).toEqual([
      { name: 'a', entry: { name: 'a', value: '1', json: '1' } },
      { name: 'c', entry: { name: 'c', value: 'true', json: 'true' } },
    ]);
  });

  test('what only the second has goes when it is pruned', () => {
    expect(changes(keys('{}'), keys('{"a":1}'))).toEqual([]);
    expect(changes(keys('{}'), keys('{"a":1}'), { prune: true })).toEqual([{ name: 'a' }]);
  });

  test('within a key: the others in it stay to the letter', () => {
    const [a, b] = [keys('{"r":{"host":"b","port":1}}'), keys('{"r":{ "host" : "a", "port": 1, "more":  [1] }}')];
    expect(plain(changes(a, b))).toEqual({ r: '{ "host" : "b", "port": 1, "more":  [1] }' });
    expect(plain(changes(a, b, { prune: true }))).toEqual({ r: '{"host":"b","port":1}' });
  });

  test('only what the filter lets through', () => {
    const [a, b] = [keys('{"r":{"host":"b","port":1}}'), keys('{"r":{"host":"a","port":2,"more":1}}')];
    expect(plain(changes(a, b, { only: ['r/host'] }))).toEqual({ r: '{"host":"b","port":2,"more":1}' });
    expect(plain(changes(a, b, { only: ['r/more'], prune: true }))).toEqual({ r: '{"host":"a","port":2}' });
    expect(plain(changes(a, keys('{}'), { ignore: ['r/host'] }))).toEqual({ r: '{"port":1}' });
    expect(plain(changes(keys('{}'), b, { only: ['r/host'], prune: true }))).toEqual({ r: '{"port":2,"more":1}' });
  });
});

describe('names that are written in different ways', () => {
  test('into a number goes a number, from a file of text', () => {
    const found = changes(pairs({ port: '5433', name: '1' }), keys('{"port":5432,"name":"x"}'));
    expect(plain(found)).toEqual({ port: '5433', name: '1' });
    expect(found[1]!.entry!.json).toBeUndefined();
    const object = keys('{"tls":{"ca":"x"}}');
    expect(plain(changes(pairs({ tls: '{"ca":1}' }), object))).toEqual({ tls: '{"ca":1}' });
    expect(changes(pairs({ tls: 'off' }), object)).toEqual([{ name: 'tls', entry: { name: 'tls', value: 'off' } }]);
  });

  test('a path is a key within a key, and back', () => {
    expect(plain(changes(tree({ 'db/host': 'b' }), keys('{"db":{"host":"a","port":1}}')))).toEqual({
      db: '{"host":"b","port":1}',
    });
    expect(plain(changes(tree({ port: '1' }), keys('{"db":{"host":"a"},"port":1}'), { prune: true }))).toEqual({
      db: undefined,
    });
    expect(changes(keys('{"db":{"host":"b","n":1}}'), tree({ 'db/host': 'a' }, 'String'))).toEqual([
      { name: 'db/host', entry: { name: 'db/host', value: 'b', type: 'String' } },
      { name: 'db/n', entry: { name: 'db/n', value: '1', type: undefined } },
    ]);
  });

  test('variables: what is there keeps its name, and a file gets the variable', () => {
    const secret = keys('{"db-user":"app","port":1}');
    expect(plain(changes(secret, pairs({ DB_USER: 'x' }), { asVariables: true }))).toEqual({
      DB_USER: 'app',
      PORT: '1',
    });
    expect(plain(changes(pairs({ DB_USER: 'x' }), secret, { asVariables: true }))).toEqual({ 'db-user': 'x' });
  });
});

test('what JSON cannot hold is refused by its name', () => {
  const binary = side('tree', [{ name: 'cert', value: Buffer.from([0xff]) }]);
  expect(() => changes(binary, keys('{}'))).toThrow('"cert" is binary, which JSON cannot hold');
});

test('of one value, the value', () => {
  const [a, b] = [side('value', [{ name: '', value: 'x' }]), side('value', [{ name: '', value: 'y' }])];
  expect(changes(a, b)).toEqual([{ name: '', entry: { name: '', value: 'x' } }]);
  expect(changes(a, a)).toEqual([]);
});

describe('of any two JSON objects', () => {
  const name = fc.oneof(fc.constantFrom('a', 'b', 'a/b', '~', ''), fc.string());
  const { object } = fc.letrec((tie) => ({
    value: fc.oneof(fc.constantFrom(null, 1, '1', true, 'x'), tie('object'), fc.array(tie('value'), { maxLength: 2 })),
    object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  }));
  const json = object.map((value) => JSON.stringify(value));

  /** The changes done to an object, as the write side does them. */
  function changed(b: string, all: Change[]): string {
    const members = new Map(jsonPairs(b)!.map((pair) => [pair.name, pair as Entry]));
    for (const { name: key, entry } of all) {
      if (entry) members.set(key, entry);
      else members.delete(key);
    }
    const texts = [...members.values()].map(
      (one) => `${JSON.stringify(one.name)}:${one.json ?? JSON.stringify(one.value)}`,
    );
    return `{${texts.join(',')}}`;
  }

  test('pruned, one becomes the other', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const made = changed(b, changes(keys(a), keys(b), { prune: true }));
        expect(jsonParts(a, made)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('not pruned, all that they differ in still is what the first has nothing of', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const made = changed(b, changes(keys(a), keys(b)));
        expect(jsonParts(a, made)).toEqual(jsonParts(a, b).filter((part) => part.a === undefined));
      }),
      { numRuns: 500 },
    );
  });
});
