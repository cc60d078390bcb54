import type { Reference } from '../../reference/kinds.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';

export interface Asked {
  /** Like `secret get`. */
  readonly verb: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** References that stand elsewhere: in a template, or in the environment. */
  readonly elsewhere?: readonly string[];
}

/** What a statement of a policy is about. */
export interface Resources {
  readonly Resource: string[];
  readonly Condition?: object;
}

type Kind = 'secret' | 'param' | 'key';
const kinds: Readonly<Record<string, Kind>> = { secretsmanager: 'secret', ssm: 'param', kms: 'key' };

/** Verbs that are for all three services, and concern those alone of which the command line names something. */
const forAll = /^(tag|diff|exec|export|import|render)\b/;

export function isConcerned(service: string, asked: Asked): boolean {
  const kind = kinds[service];
  if (!kind || !forAll.test(asked.verb)) return true;
  const named = [...referencesIn(asked).map((reference) => reference.kind), ...[asked.options.kind ?? []].flat()];
  return named.length === 0 || named.includes(kind);
}

export const namesSecretTree = (asked: Asked): boolean => referencesIn(asked).some(isSecretTree);

/** What a command line names of one service, as ARNs in any account; all of it where it names nothing. */
export function resourcesOf(service: string, asked: Asked, region: string): Resources {
  if (service === 'lambda' && typeof asked.options.function === 'string') return { Resource: [asked.options.function] };
  if (service === 'kms' && aliasNamed(asked)) return aliasAndKeys(aliasNamed(asked)!, region);
  if (asked.verb === 'key primary') return bothSides(asked, region);
  const own = referencesIn(asked).filter(({ kind }) => kind === kinds[service]);
  const Resource = [...new Set(own.flatMap((reference) => arnsOf(reference, region)))];
  const aliases = own.flatMap((one) => (one.kind === 'key' && one.id.startsWith('alias/') ? [one.id] : []));
  if (Resource.length === 0) return { Resource: ['*'] };
  if (aliases.length === 0) return { Resource };
  // An alias is no resource of these actions: which keys have it is a condition.
  return { Resource, Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliases } } };
}

/** The name that a verb gives to a key or takes from one. */
function aliasNamed({ verb, args, options }: Asked): string | undefined {
  const given = verb === 'key create' ? options.alias : /^key alias (set|remove)$/.test(verb) ? args[0] : undefined;
  return typeof given === 'string' ? given.replace(/^(?!alias\/)/, 'alias/') : undefined;
}

/** IAM asks for both: the alias, and each key that it names before or after. */
const aliasAndKeys = (alias: string, region: string): Resources => ({
  Resource: [`arn:aws:kms:${region}:*:key/*`, `arn:aws:kms:${region}:*:${alias}`],
});

/** IAM asks for both: the key that is the primary one, and the replica that is to be, whose aliases are its own. */
function bothSides({ verb, args }: Asked, region: string): Resources {
  const [key] = referencesIn({ verb, args, options: {} });
  const [arn] = key ? arnsOf(key, region) : [];
  const there = arn?.replace(/^(arn:[^:]+:kms:)[^:]*/, `$1${args[1]}`);
  return { Resource: [arn, there].map((one) => (one ?? '*').replace(/key\/\*$/, 'key/mrk-*')) };
}

/** In its arguments, and in the options that hold references. */
function referencesIn({ verb, args, options, elsewhere = [] }: Asked): Reference[] {
  const noun = verb.startsWith('rotate ') ? 'secret' : (verb.split(' ')[0] as Kind);
  const kind = Object.values(kinds).includes(noun) ? noun : undefined;
  const { env, envFrom, file, key, kmsKey, addKmsKey, path, secretsTo, configTo } = options;
  const texts: [unknown, Kind | undefined][] = [
    ...args.slice(0, namedFirst(verb)).map((text): [unknown, Kind | undefined] => [text, kind]),
    ...[pairedIn(env), pairedIn(file), envFrom, elsewhere]
      .flat()
      .map((text): [unknown, undefined] => [text, undefined]),
    [secretsTo, undefined],
    [configTo, undefined],
    // Where a ciphertext comes from is asked of another permission, which is for any key.
    [verb === 'key re-encrypt' ? undefined : key, 'key'],
    ...[kmsKey, addKmsKey].flat().map((text): [unknown, Kind] => [text, 'key']),
    [typeof path === 'string' ? `${path.replace(/\/*$/, '')}/` : undefined, 'param'],
  ];
  return texts.flatMap(([text, of]) => read(text, of));
}

/** Of pairs of a name and a reference; such an option means something else in other verbs. */
const pairedIn = (pairs: unknown): unknown[] =>
  Array.isArray(pairs) ? pairs.map((pair) => (Array.isArray(pair) ? pair[1] : undefined)) : [];

/** How many of a verb's arguments are references; the others are stages, Regions, names for keys, a command. */
function namedFirst(verb: string): number {
  if (/^(exec|render|encrypt|decrypt|rewrap|key alias)/.test(verb)) return 0;
  return /^(secret (stage|replicate)|rotate|key)/.test(verb) ? 1 : Number.POSITIVE_INFINITY;
}

function read(text: unknown, kind: Kind | undefined): Reference[] {
  try {
    return typeof text === 'string' ? [parseReference(text, kind)] : [];
  } catch {
    return []; // no reference: a stage, a Region, a pair
  }
}

function arnsOf(reference: Reference, session: string): string[] {
  if (reference.kind !== 'secret' && reference.kind !== 'param' && reference.kind !== 'key') return [];
  const region = reference.where?.region ?? session;
  const name = reference.kind === 'param' ? reference.name : reference.id;
  if (name.startsWith('arn:')) return [name];
  if (isSecretTree(reference)) return [`arn:aws:secretsmanager:${region}:*:secret:${name}*`];
  if (reference.kind === 'secret') return [`arn:aws:secretsmanager:${region}:*:secret:${name}-??????`];
  if (reference.kind === 'key') return [`arn:aws:kms:${region}:*:key/${name.startsWith('alias/') ? '*' : name}`];
  const parameter = `arn:aws:ssm:${region}:*:parameter/${name.replace(/^\//, '')}`;
  return reference.tree ? [parameter.replace(/\/$/, ''), `${parameter}*`] : [parameter];
}
