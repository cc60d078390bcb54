import type { Clients } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readKey, readKeys } from '../../reference/json-pointer.ts';
import { readReference } from '../../reference/read.ts';
import { formatReference, type ParameterReference, type SecretReference } from '../../reference/reference.ts';
import { readParameters, readTree } from '../param/read-parameters.ts';
import { selectorName } from '../param/whole.ts';
import { variableName } from '../variables/names.ts';
import type { Variable } from './variable.ts';

/** What the command line asks for: one variable, or, where it has no name, one for each key or parameter. */
export interface Wanted {
  readonly name?: string;
  /** As typed, for messages. */
  readonly source: string;
  readonly reference: SecretReference | ParameterReference;
}

/** Reads all that is wanted, side by side and each value once. Throws where any of it is missing. */
export async function readVariables(context: Context, wanted: Wanted[]): Promise<Variable[]> {
  const places = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const { profile, region, vault } = one.reference.where ?? {};
    const place = JSON.stringify([profile, region, vault]);
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  const found = await Promise.all([...places.values()].map((those) => readPlace(context, those)));
  return found.flat();
}

async function readPlace(context: Context, wanted: Wanted[]): Promise<Variable[]> {
  const clients = await context.clients(wanted[0]!.reference.where);
  const read = readerOf(clients, wanted);
  const found = await Promise.all(
    wanted.map(async ({ name, source, reference }) => {
      const pairs =
        name === undefined ? await manyOf(reference) : [[name, textOf(await read(reference), source)] as const];
      return pairs.map(([key, value]) => ({ name: key, value, source }));
    }),
  );
  return found.flat();

  async function manyOf(reference: Wanted['reference']): Promise<[name: string, value: string][]> {
    const pairs = isTree(reference) ? await treeOf(reference) : readKeys(await read(reference));
    return pairs.map(([key, value]) => [variableName(key), value]);
  }

  async function treeOf({ name }: ParameterReference): Promise<[name: string, value: string][]> {
    const found = await readTree(clients.ssm, context.terminal, { path: name });
    if (found.length > 0) return found.map(({ Name, Value }) => [Name!.slice(name.length), Value!]);
    throw new UserError('not-found', `there is no parameter below "${name}"`, {
      hints: [`latchkey param list --path ${name}`],
    });
  }
}

export const isTree = (reference: Wanted['reference']): reference is ParameterReference =>
  reference.kind === 'param' && reference.tree;

type Value = string | Uint8Array;

/** Reads what references name: parameters ten at a time, a secret once however many of its keys are wanted. */
function readerOf(clients: Clients, wanted: Wanted[]) {
  const secrets = new Map<string, Promise<Value>>();
  const names = wanted.flatMap(({ reference }) =>
    reference.kind === 'param' && !reference.tree ? [selectorName(reference)] : [],
  );
  const parameters = readParameters(clients.ssm, names);

  function secret(reference: SecretReference): Promise<Value> {
    const name = formatReference(reference);
    if (!secrets.has(name)) secrets.set(name, readReference(clients, reference));
    return secrets.get(name)!;
  }

  async function parameter(reference: ParameterReference): Promise<Value> {
    const { found } = await parameters;
    const isAsked = (name = '', selector = '') => `${name}${selector}` === selectorName(reference);
    const one = found.find(({ Name, ARN, Selector }) => isAsked(Name, Selector) || isAsked(ARN, Selector));
    // GetParameters says only that it is not there; GetParameter says what of it.
    return one?.Value ?? readReference(clients, reference);
  }

  return async ({ key, ...whole }: Wanted['reference']): Promise<Value> => {
    const value = await (whole.kind === 'secret' ? secret(whole) : parameter(whole));
    return key === undefined ? value : readKey(value, { key });
  };
}

function textOf(value: Value, source: string): string {
  if (typeof value === 'string') return value;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch (cause) {
    throw new UserError('usage', `"${source}" is binary, which no variable can hold`, {
      hints: [`let the command read it: latchkey secret get '${source}'`],
      cause,
    });
  }
}
