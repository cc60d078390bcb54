import type { Where } from '../aws/session.ts';
import { UserError } from '../errors.ts';
import { fromSecretArn, parseArn } from './arn.ts';
import { fromDynamicReference } from './dynamic-reference.ts';
import type { KeyReference, ParameterReference, Reference, SecretReference } from './kinds.ts';

export type { KeyReference, ParameterReference, Reference, SecretReference } from './kinds.ts';

type Kind = Reference['kind'];

const forms = 'secret:NAME, param:NAME, key:ID, file:PATH, env: or -';

/**
 * Reads a reference. `kind` is what a name without a prefix is; without it the prefix must be there.
 * Throws code `usage` for what names nothing.
 */
export function parseReference(text: string, kind?: Kind): Reference {
  if (text === '-') return { kind: 'stdin' };
  if (text === 'env:') return { kind: 'env' };
  const dynamic = fromDynamicReference(text);
  if (dynamic) return dynamic;
  const { where, rest } = takeWhere(text);
  if (rest.startsWith('arn:')) return parseArnReference(rest, where);
  const [, prefix, name = ''] = /^(secret|param|key|file):(.*)$/s.exec(rest) ?? [undefined, kind, rest];
  switch (prefix) {
    case 'secret':
      return name.startsWith('arn:') ? parseArnReference(name, where) : secretFrom(name, text, where);
    case 'param':
      return name.startsWith('arn:') ? parseArnReference(name, where) : parameterFrom(name, text, where);
    case 'key':
      return { kind: 'key', id: required(name, 'key', text), where };
    case 'file':
      return { kind: 'file', path: required(name, 'file', text) };
    default:
      throw new UserError('usage', `expected a reference, got "${text}"`, { hints: [`references are ${forms}`] });
  }
}

/** A secret; the options say the same as punctuation does, and win over it. */
export function parseSecret(
  text: string,
  options: { stage?: string; versionId?: string; key?: string } = {},
): SecretReference {
  const reference = expectKind(parseReference(text, 'secret'), 'secret', text);
  const { stage, versionId, key } = options;
  if (stage === undefined && versionId === undefined) return { ...reference, key: key ?? reference.key };
  return { ...reference, stage, versionId, key: key ?? reference.key };
}

export const parseParameter = (text: string): ParameterReference =>
  expectKind(parseReference(text, 'param'), 'param', text);

export const parseKey = (text: string): KeyReference => expectKind(parseReference(text, 'key'), 'key', text);

/** Whether it names all secrets below a path: `secret:prod/`. One whose own name ends with a slash goes by its ARN. */
export const isSecretTree = (reference: Reference): boolean =>
  reference.kind === 'secret' &&
  reference.id.endsWith('/') &&
  !reference.id.startsWith('arn:') &&
  [reference.stage, reference.versionId, reference.key].every((part) => part === undefined);

function expectKind<K extends Kind>(reference: Reference, kind: K, text: string): Extract<Reference, { kind: K }> {
  if (reference.kind === kind) return reference as Extract<Reference, { kind: K }>;
  const words: Record<Kind, string> = {
    ...{ secret: 'a secret', param: 'a parameter', key: 'a key' },
    ...{ file: 'a file', env: 'the environment', stdin: 'standard input' },
  };
  throw new UserError('usage', `expected ${words[kind]}, got ${words[reference.kind]}: "${text}"`);
}

/** `vault:`, `profile=NAME:` and `region=NAME:` in front, in any order. */
function takeWhere(text: string): { where?: Where; rest: string } {
  const where: { profile?: string; region?: string; vault?: boolean } = {};
  let rest = text;
  for (;;) {
    const found = /^(?:(vault)|profile=([^:]+)|region=([^:]+)):/.exec(rest);
    if (!found) break;
    const [whole, vault, profile, region] = found;
    if (vault) where.vault = true;
    if (profile) where.profile = profile;
    if (region) where.region = region;
    rest = rest.slice(whole.length);
  }
  return rest === text ? { rest } : { where, rest };
}

/** `NAME[:STAGE-OR-VERSION][#KEY]` */
function secretFrom(named: string, text: string, where?: Where): SecretReference {
  const { head, key } = takeKey(named);
  const [name = '', version, ...more] = head.split(':');
  if (more.length > 0) throw malformed('secret', text, 'NAME:STAGE#KEY');
  return { kind: 'secret', id: secretName(name, text), ...stageOrVersion(version), key, where };
}

function secretName(name: string, text: string): string {
  if (/^[A-Za-z0-9/_+=.@!-]*$/.test(name)) return required(name, 'secret', text);
  throw new UserError('usage', `expected a name of letters, digits and "/_+=.@!-", got "${name}"`, {
    hints: ['see what there is: "latchkey secret list"'],
  });
}

/** A UUID, or 32 characters and more, is a version's id; anything else is a stage. */
function stageOrVersion(text: string | undefined): { stage?: string; versionId?: string } {
  if (!text) return {};
  return text.length >= 32 ? { versionId: text } : { stage: text };
}

/** `NAME[:VERSION-OR-LABEL][#KEY]`, or a path that ends with a slash. */
function parameterFrom(named: string, text: string, where?: Where): ParameterReference {
  const { head, key } = takeKey(named);
  const [name = '', version, ...more] = head.split(':');
  if (more.length > 0) throw malformed('parameter', text, 'NAME:VERSION#KEY');
  const tree = name.endsWith('/');
  return { kind: 'param', name: parameterName(name, text), version: version || undefined, key, tree, where };
}

/** A name without any slash is one too; one with a slash inside is a path, and begins with one. */
function parameterName(name: string, text: string): string {
  if (!/^[A-Za-z0-9_./-]*$/.test(name)) {
    throw new UserError('usage', `expected a name of letters, digits and "/_.-", got "${name}"`, {
      hints: ['see what there is: "latchkey param list"'],
    });
  }
  if (/^[^/]+\//.test(name)) {
    throw new UserError('usage', `expected a path that begins with a slash, got "${name}"`, {
      hints: [`it may be "/${name}"`],
    });
  }
  return required(name, 'parameter', text);
}

function takeKey(text: string): { head: string; key?: string } {
  const at = text.indexOf('#');
  return at < 0 ? { head: text } : { head: text.slice(0, at), key: text.slice(at + 1) };
}

function parseArnReference(text: string, where?: Where): Reference {
  const { head, key } = takeKey(text);
  const arn = parseArn(head);
  const here = where ?? { region: arn.region };
  if (arn.service === 'secretsmanager') return { ...fromSecretArn(head, arn), ...(key ? { key } : {}), where: here };
  if (arn.service === 'kms') return { kind: 'key', id: head, where: here };
  const [, name = '', version] = /^parameter\/?(.*?)(?::([^:/]+))?$/s.exec(arn.resource)!;
  const tree = name.endsWith('/');
  // A path is asked for by name; a single parameter by its ARN, which says whose account it is in.
  const named = version === undefined ? head : head.slice(0, -(version.length + 1));
  return { kind: 'param', name: tree ? `/${name}` : named, version, key, tree, where: here };
}

function required(name: string, what: string, text: string): string {
  if (name !== '') return name;
  throw new UserError('usage', `expected the name of a ${what}, got "${text}"`);
}

const malformed = (what: string, text: string, form: string) =>
  new UserError('usage', `expected a ${what} as ${form}, got "${text}"`);

/** A reference as it is written: `parseReference` reads the same from it. */
export function formatReference(reference: Reference): string {
  if (reference.kind === 'stdin') return '-';
  if (reference.kind === 'env') return 'env:';
  if (reference.kind === 'file') return `file:${reference.path}`;
  const { profile, region, vault } = reference.where ?? {};
  const place = `${vault ? 'vault:' : ''}${profile ? `profile=${profile}:` : ''}${region ? `region=${region}:` : ''}`;
  if (reference.kind === 'key') return `${place}key:${reference.id}`;
  const key = reference.key === undefined ? '' : `#${reference.key}`;
  if (reference.kind === 'param') {
    return `${place}param:${reference.name}${reference.version ? `:${reference.version}` : ''}${key}`;
  }
  const version = reference.stage ?? reference.versionId;
  return `${place}secret:${reference.id}${version ? `:${version}` : ''}${key}`;
}
