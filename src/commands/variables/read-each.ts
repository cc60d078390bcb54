import type { Clients, Parameter } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { readKey } from '../../reference/json-pointer.ts';
import { readReference } from '../../reference/read.ts';
import { formatReference, type ParameterReference, type SecretReference } from '../../reference/reference.ts';
import { readParameters } from '../param/read-parameters.ts';
import { selectorName } from '../param/whole.ts';
import { readSecret } from '../secret/read-secrets.ts';
import { sideBySide } from '../side-by-side.ts';

/** What names one value. */
export type Valued = SecretReference | ParameterReference;
export type Value = string | Uint8Array;

/**
 * What each of the references names, in their order: its value, or the error that kept it back. Side by side, parameters
 * ten at a time, and each value once, however many of its keys are asked for.
 */
export async function readEach(context: Context, references: readonly Valued[]): Promise<(Value | Error)[]> {
  const places = new Map<string, Valued[]>();
  for (const reference of references)
    places.set(placeOf(reference), [...(places.get(placeOf(reference)) ?? []), reference]);
  const answers = new Map<Valued, Value | Error>();
  await Promise.all(
    [...places.values()].map(async (those) => {
      const read = readerOf(await context.clients(those[0]!.where), those);
      const found = await sideBySide(those, (one) => read(one).catch((error: Error) => error));
      for (const [index, one] of those.entries()) answers.set(one, found[index]!);
    }),
  );
  return references.map((reference) => answers.get(reference)!);
}

function placeOf({ where }: Valued): string {
  const { profile, region, vault } = where ?? {};
  return JSON.stringify([profile, region, vault]);
}

function readerOf(clients: Clients, references: readonly Valued[]) {
  const secrets = new Map<string, Promise<Value>>();
  const names = references.flatMap((one) => (one.kind === 'param' ? [selectorName(one)] : []));
  const parameters = readBatches(clients, names);

  function secret(reference: SecretReference): Promise<Value> {
    const name = formatReference(reference);
    if (!secrets.has(name)) secrets.set(name, readSecret(clients.secretsManager, reference));
    return secrets.get(name)!;
  }

  async function parameter(reference: ParameterReference): Promise<Value> {
    const found = await parameters;
    const isAsked = (name = '', selector = '') => `${name}${selector}` === selectorName(reference);
    const one = found.find(({ Name, ARN, Selector }) => isAsked(Name, Selector) || isAsked(ARN, Selector));
    // GetParameters says only that it is not there; GetParameter says what of it.
    return one?.Value ?? readReference(clients, reference);
  }

  return async ({ key, ...whole }: Valued): Promise<Value> => {
    const value = await (whole.kind === 'secret' ? secret(whole) : parameter(whole));
    return key === undefined ? value : readKey(value, { key });
  };
}

/** One that is denied takes all others of its batch with it: then each is asked for by itself. */
async function readBatches({ ssm }: Clients, names: string[]): Promise<Parameter[]> {
  try {
    return (await readParameters(ssm, names)).found;
  } catch (error) {
    if (/AccessDenied/.test((error as Error).name)) return [];
    throw error;
  }
}
