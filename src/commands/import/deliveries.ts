import { UserError } from '../../errors.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';
import type { Entry } from '../entries/entries.ts';
import type { Delivery } from './compare.ts';
import type { ImportOptions } from './options.ts';
import { routeOf } from './route.ts';

/** What goes to one place, and by which rule, where one has chosen it. */
export interface Consignment extends Delivery {
  readonly why: ReadonlyMap<string, string>;
}

/** Throws code `usage` where it is not said where things go, or said twice. */
export function requirePlaces(target: string | undefined, { route, ...options }: ImportOptions): void {
  const { secretsTo, configTo, routeRule } = options;
  if (route) {
    if (target !== undefined) throw twoWays(`a target is given, and --route: "${target}"`);
    requirePlace(secretsTo, '--secrets-to', 'secret');
    requirePlace(configTo, '--config-to', 'param');
    return;
  }
  if (secretsTo !== undefined || configTo !== undefined || routeRule) throw twoWays('it is not said how to choose');
  if (target === undefined) {
    throw new UserError('usage', 'a target is missing', {
      hints: ['name where it goes: secret:prod/app or param:/prod/app/', byRules],
    });
  }
  requireTarget(target);
}

const byRules = 'or let rules choose: --route auto --secrets-to secret:prod/app --config-to param:/prod/app/';
const twoWays = (message: string) => new UserError('usage', message, { hints: [byRules.replace('or let', 'let')] });

function requirePlace(text: string | undefined, option: string, kind: 'secret' | 'param'): void {
  const example = kind === 'secret' ? 'secret:prod/app' : 'param:/prod/app/';
  if (text === undefined) throw new UserError('usage', `--route needs ${option}`, { hints: [`${option} ${example}`] });
  const reference = parseReference(text);
  if (reference.kind !== kind) throw new UserError('usage', `${option} expects ${example}, got "${text}"`);
  requireTarget(text);
}

function requireTarget(text: string): void {
  const reference = parseReference(text);
  if (reference.kind === 'secret' && isPlain(reference)) return;
  if (reference.kind === 'param' && reference.tree) return;
  throw new UserError('usage', `expected a secret, or a path that ends with a slash, got "${text}"`, {
    hints: ['secret:prod/app for its keys, secret:prod/ for a secret each, param:/prod/app/ for a parameter each'],
  });
}

const isPlain = ({ stage, versionId, key }: { stage?: string; versionId?: string; key?: string }) =>
  [stage, versionId, key].every((part) => part === undefined);

/** Divides what comes in between the places where it belongs. */
export function deliveriesOf(
  entries: readonly Entry[],
  target: string | undefined,
  options: ImportOptions,
): Consignment[] {
  const { secretsTo, configTo, routeRule = [], type = 'SecureString' } = options;
  if (target !== undefined) return [{ target, entries: withType(entries, target, type), why: new Map() }];
  const asked = new Map(routeRule);
  requireNames([...asked.keys()], entries);
  const routes = entries.map((entry) => ({ entry, ...routeOf(entry, asked.get(entry.name)) }));
  const going = (to: 'secret' | 'config') => routes.filter((route) => route.to === to);
  const why = (to: 'secret' | 'config') => new Map(going(to).map((route) => [route.entry.name, route.why]));
  const places = [
    { target: secretsTo!, entries: going('secret').map(({ entry }) => entry), why: why('secret') },
    {
      target: configTo!,
      entries: going('config').map(({ entry, type: known }) => ({ ...entry, type: options.type ?? known })),
      why: why('config'),
    },
  ];
  return places.filter((place) => options.prune || place.entries.length > 0);
}

function withType(entries: readonly Entry[], target: string, type: string): readonly Entry[] {
  return isSecretTree(parseReference(target)) || parseReference(target).kind === 'secret'
    ? entries
    : entries.map((entry) => ({ ...entry, type }));
}

function requireNames(names: readonly string[], entries: readonly Entry[]): void {
  const there = new Set(entries.map(({ name }) => name));
  const missing = names.find((name) => !there.has(name));
  if (missing !== undefined) throw new UserError('usage', `--route-rule names "${missing}", which is not in the file`);
}
