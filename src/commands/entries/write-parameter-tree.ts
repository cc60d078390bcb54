import type { Parameter, Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { doEach } from '../fates.ts';
import { batches, readParameters } from '../param/read-parameters.ts';
import { overwriteVersion } from '../param/store.ts';
import { byName, type Change, isStillToDo, type Writing } from './changes.ts';
import type { Entry } from './entries.ts';
import { newParameter, requestOf } from './parameter-request.ts';

interface Place {
  readonly ssm: Ssm;
  readonly path: string;
}

/** Changes parameters below a path, each for itself. What is there keeps its type. */
export async function writeParameterTree(
  terminal: Terminal,
  { ssm, path }: Place,
  changes: readonly Change[],
  writing: Writing,
): Promise<void> {
  const known = byName(writing.before);
  const { found } = await readParameters(
    ssm,
    changes.map(({ name }) => path + name),
  );
  const there = new Map(found.map((parameter) => [parameter.Name!, parameter]));
  const remove = removals(
    ssm,
    changes.filter(({ entry }) => !entry).map(({ name }) => path + name),
  );
  await doEach(terminal, {
    items: changes,
    said: ({ name }) => `"${path}${name}"`,
    work: (change) => one(change, there.get(path + change.name)),
  });

  async function one(change: Change, parameter: Parameter | undefined): Promise<unknown> {
    const { name, entry } = change;
    const now: Entry | undefined = parameter && { name, value: parameter.Value! };
    const said = `parameter "${path}${name}"`;
    // A parameter has no JSON types, so those of what comes in say nothing here.
    const plain = entry && { ...entry, json: undefined };
    if (!isStillToDo({ said, before: known.get(name), now, change: { name, entry: plain } })) return undefined;
    if (!entry) return remove(path + name);
    const whole = { ...entry, name: path + name };
    if (!parameter) return newParameter(ssm, whole, writing);
    return overwriteVersion(ssm, requestOf(whole), { ifVersion: parameter.Version! });
  }
}

/** Deletes the one that is asked for together with those that one request has room for. One that is gone is no error. */
function removals(ssm: Ssm, names: string[]): (name: string) => Promise<unknown> {
  const requests = batches(names).map((Names) => {
    let request: Promise<unknown> | undefined;
    return { Names, send: () => (request ??= ssm.deleteParameters({ Names })) };
  });
  const byName = new Map(requests.flatMap(({ Names, send }) => Names.map((name) => [name, send])));
  return (name) => byName.get(name)!();
}
