import { expect, test } from 'vitest';
import { openDatabase, statement } from '../../../src/vault/store/database.ts';
import { turnsOf } from '../../../src/vault/store/turns.ts';

const insert = statement('INSERT INTO notes (text) VALUES (?)');
const select = statement<{ text: string }>('SELECT text FROM notes ORDER BY text');

/** A table of notes, and how often something was committed. */
function withNotes() {
  const database = openDatabase(':memory:');
  database.exec('CREATE TABLE notes (text TEXT PRIMARY KEY) STRICT');
  let commits = 0;
  const counted: typeof database = {
    ...database,
    transaction(kind, work) {
      commits += 1;
      return database.transaction(kind, work);
    },
  };
  const { read, write } = turnsOf(counted);
  const note = (text: string, fails = false) =>
    write(() => {
      insert.run(database, text);
      if (fails) throw new Error(`not ${text}`);
      return text;
    });
  return { note, read, commits: () => commits, notes: () => select.all(database).map(({ text }) => text), database };
}

test('writes that arrive together share a commit, and each has its own answer', async () => {
  const { note, commits, notes } = withNotes();
  expect(await Promise.all(['a', 'b', 'c'].map((text) => note(text)))).toEqual(['a', 'b', 'c']);
  expect(notes()).toEqual(['a', 'b', 'c']);
  expect(commits()).toBe(1);
  await note('d');
  expect(commits()).toBe(2);
});

test('one that throws takes back its own and nothing else', async () => {
  const { note, notes } = withNotes();
  const outcomes = await Promise.allSettled([note('a'), note('b', true), note('c'), note('a')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect(notes()).toEqual(['a', 'c']);
  await expect(note('d', true)).rejects.toThrow('not d');
  expect(notes()).toEqual(['a', 'c']);
});

test('when the commit itself fails, nobody is told that it was kept', async () => {
  const { note, database } = withNotes();
  const both = [note('a'), note('b')];
  database.close();
  const outcomes = await Promise.allSettled(both);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('reads that arrive together see one state; one that throws leaves the others', async () => {
  const { note, read, commits, notes } = withNotes();
  await note('a');
  const broken = read(() => {
    throw new Error('no');
  });
  const outcomes = await Promise.allSettled([read(notes), broken, read(notes)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(commits()).toBe(2);
});
