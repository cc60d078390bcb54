import fs from 'node:fs';
import { UserError } from '../../errors.ts';
import { writeFileWhole, writing } from '../../files.ts';
import type { Pair } from '../../formats/pair.ts';
import { byName, type Change, isStillToDo, type Writing } from './changes.ts';

/** Changes the pairs of a file, all of them or none, in the format of its ending; makes it where there is none. */
export async function writeFile(file: string, changes: readonly Change[], { before }: Writing): Promise<void> {
  const { formatOfFile, loadFormat } = await import('../../formats/formats.ts');
  const name = formatOfFile(file);
  if (!name) {
    throw new UserError('usage', `"${file}" has no ending that says what format it is to have`, {
      hints: ['name it like app.env, app.json or app.yaml'],
    });
  }
  const format = await loadFormat(name);
  const text = readText(file);
  const pairs = new Map<string, Pair>(text === undefined ? [] : format.read(text).map((pair) => [pair.name, pair]));
  const known = byName(before);
  for (const change of changes) {
    const said = `"${change.name}" of "${file}"`;
    if (!isStillToDo({ said, before: known.get(change.name), now: pairs.get(change.name), change })) continue;
    if (change.entry) pairs.set(change.name, { ...change.entry, name: change.name });
    else pairs.delete(change.name);
  }
  const written = format.write([...pairs.values()]);
  // A link stays one: what it leads to is written.
  if (written !== text) writing(file, () => writeFileWhole(text === undefined ? file : fs.realpathSync(file), written));
}

/** Undefined where there is no file. */
function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR') throw new UserError('usage', `"${file}" is a folder`, { cause });
    throw new UserError('denied', `"${file}" cannot be read`, { cause });
  }
}
