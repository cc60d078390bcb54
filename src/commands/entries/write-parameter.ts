import type { Ssm } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import type { ParameterReference } from '../../reference/kinds.ts';
import { parameterValue } from '../param/parameter-value.ts';
import { overwriteVersion } from '../param/store.ts';
import { bytesOf, type Change, isStillToDo, type Writing } from './changes.ts';
import { editKeys, isWhole, newKeys } from './edit-keys.ts';
import { newParameter, requestOf } from './parameter-request.ts';

/** Changes one parameter, its keys or its whole value, in one new version; makes it where there is none. */
export async function writeParameter(
  ssm: Ssm,
  { name, version, key }: ParameterReference,
  changes: readonly Change[],
  writing: Writing,
): Promise<void> {
  if (version !== undefined) {
    throw new UserError('usage', `only the newest version can be changed, got "${name}:${version}"`);
  }
  const said = `parameter "${name}"`;
  const isOne = key === undefined && isWhole(writing, changes, said);
  const there = await readParameter(ssm, name);
  if (!there) {
    const [first] = changes;
    const edited = () =>
      key === undefined ? newKeys(changes) : editKeys('{}', changes, writing, { said, under: key });
    const value = isOne ? first!.entry!.value : edited();
    await newParameter(ssm, { name, value, type: first?.entry?.type }, writing);
    return;
  }
  const value = isOne
    ? whole(said, there.Value!, changes[0]!, writing)
    : editKeys(there.Value!, changes, writing, { said, under: key });
  if (value === there.Value) return;
  await overwriteVersion(ssm, requestOf({ name, value }), { ifVersion: there.Version! });
}

function whole(said: string, value: string, change: Change, { before }: Writing): string {
  const isToDo = isStillToDo({ said, before: before.entries[0], now: { name: '', value }, change });
  return isToDo && change.entry ? parameterValue(bytesOf(change.entry.value)) : value;
}

async function readParameter(ssm: Ssm, name: string) {
  try {
    return (await ssm.getParameter({ Name: name, WithDecryption: true })).Parameter;
  } catch (error) {
    if ((error as Error).name !== 'ParameterNotFound' || name.startsWith('arn:')) throw error;
    return undefined;
  }
}
