import { UserError } from '../../errors.ts';
import { bytesOf } from '../entries/changes.ts';
import type { Entry } from '../entries/entries.ts';
import { parameterTrouble } from '../entries/fit.ts';
import { holdsPrivateKey, isNamedSecret, isSetting } from '../looks.ts';
import { utf8 } from '../secret/secret-value.ts';
import { looksRandom } from './random-looking.ts';

export interface Route {
  readonly to: 'secret' | 'config';
  /** Of a new parameter. */
  readonly type?: 'String' | 'SecureString';
  /** The rule that decided. */
  readonly why: string;
}

interface Looked {
  readonly name: string;
  readonly text: string;
}

type Rule = readonly [is: (looked: Looked) => boolean, route: Route];

const secret = (why: string): Route => ({ to: 'secret', why });
const plain = (why: string): Route => ({ to: 'config', type: 'String', why });
const matches =
  (pattern: RegExp) =>
  ({ text }: Looked) =>
    pattern.test(text);

/** `PASSWORD_MIN_LENGTH`, `TOKEN_URL`: what is said about a secret, not the secret. */
const aboutSecret =
  /(?:ttl|timeout|length|min|max|expir(?:y|es|ation)|ur[li]|host|port|file|path|name|enabled|count|interval|days|hours|minutes|seconds|policy|header|issuer|audience|type|algorithm)$/i;

const accessToken =
  /^(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|[rs]k_live_|sk-|whsec_|npm_|pypi-|hf_|SG\.|ya29\.|AIza|eyJ[\w-]+\.eyJ|(?:AKIA|ASIA)[A-Z0-9]{16}$)/;

/** The first that fits decides. What costs nothing to encrypt is encrypted, unless it is known to be no secret. */
const rules: readonly Rule[] = [
  [({ text }) => holdsPrivateKey(text), secret('a private key')],
  [({ text }) => parameterTrouble(text) !== undefined, secret('no parameter can hold it')],
  [matches(/[a-z][a-z0-9+.-]{0,30}:\/\/[^/\s?#@]*:[^/\s?#@]+@/i), secret('a URL with a password')],
  [
    matches(/(?:^|[;\s])(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*[^;\s]/i),
    secret('a connection string with a password'),
  ],
  [matches(accessToken), secret('the form of an access token')],
  [({ name, text }) => isNamedSecret(name) && !(aboutSecret.test(name) || isSwitch(text)), secret('by its name')],
  [matches(/^arn:[a-z-]+:[a-z0-9-]+:/), plain('an ARN')],
  [({ text }) => looksRandom(text), secret('random characters')],
  [({ text }) => isSetting(text), plain('a switch or a number')],
  [matches(/^[+-]?\d{1,18}(?:\.\d{1,18})?(?:[eE][+-]?\d{1,3})?$/), plain('a number')],
  [matches(/^\d{1,9}(?:\.\d{1,9})?\s?(?:ms|s|m|h|d|w|%|[KMGT]i?B?|B)$/i), plain('a duration or a size')],
  [matches(/^[a-z][a-z0-9+.-]*:\/\/[^\s@]+$/i), plain('a URL without credentials')],
  [matches(/^(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2}|:\d{1,5})?$/), plain('an address')],
  [
    matches(/^(?:localhost|(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,9}[a-z]{2,24})(?::\d{1,5})?$/i),
    plain('a host'),
  ],
  [matches(/^(?:~|\.{1,2})?(?:\/[\w.-]{1,255}){1,30}\/?$/), plain('a path')],
  [matches(/^(?:[a-z]{2}(?:-[a-z]{2,4})?-[a-z]{4,9}-\d)$/), plain('a Region')],
  [matches(/^(?:trace|debug|info|notice|warn(?:ing)?|error|fatal|silent)$/i), plain('a log level')],
  [
    matches(/^(?:dev|development|test|testing|qa|staging|stage|prod|production|local)$/i),
    plain('the name of an environment'),
  ],
];

/** A password may be a number; a switch it is not. */
const isSwitch = (text: string) => isSetting(text) && !/\d/.test(text);

const unknown: Route = { to: 'config', type: 'SecureString', why: 'nothing says what it is' };

/** Where an entry belongs, and why. */
export function routeOf({ name, value }: Entry, asked?: Route['to']): Route {
  const text = utf8(bytesOf(value));
  const found = text === undefined ? secret('binary') : (rules.find(([is]) => is({ name, text }))?.[1] ?? unknown);
  if (asked === undefined || asked === found.to) return asked ? { ...found, why: byRule } : found;
  return asked === 'secret' ? secret(byRule) : { to: 'config', type: 'SecureString', why: byRule };
}

const byRule = '--route-rule';

export type RouteRule = readonly [name: string, to: Route['to']];

/** Reads `NAME=secret` or `NAME=config`. Throws code `usage` for anything else. */
export function readRouteRule(text: string, before: readonly RouteRule[] = []): RouteRule[] {
  const [, name, to] = /^(.+)=(secret|config)$/s.exec(text) ?? [];
  if (name !== undefined) return [...before, [name, to as Route['to']]];
  throw new UserError('usage', `--route-rule expects NAME=secret or NAME=config, got "${text}"`);
}
