/** A policy, as far as the vault looks into it so far. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /** `*`, or names by kind: `{ "AWS": [...] }`. */
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: object;
}

/** A resource's says who, an identity's does not: it is who. */
type PolicyOf = 'resource' | 'identity';

/**
 * Reads a policy; undefined where it has not the form that IAM's grammar wants of it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(text: string, of: PolicyOf = 'resource'): PolicyDocument | undefined {
  const policy = parse(text);
  if (!isObject(policy) || !['2012-10-17', '2008-10-17', undefined].includes(policy.Version as string))
    return undefined;
  const statements = [policy.Statement].flat();
  if (statements.length === 0 || !statements.every((one) => isStatement(one, of))) return undefined;
  return { ...policy, Statement: statements as Statement[] };
}

/** Whether anybody at all may do something: everyone, or everyone but some, is allowed, and no condition says when. */
export const isPublic = ({ Statement }: PolicyDocument): boolean =>
  Statement.some(
    ({ Effect, Principal, NotPrincipal, Condition = {} }) =>
      Effect === 'Allow' &&
      (isEveryone(Principal) || NotPrincipal !== undefined) &&
      Object.keys(Condition).length === 0,
  );

/** Whether a statement allows the action to one of these names of a caller. Conditions are not looked at. */
export const allows = ({ Statement }: PolicyDocument, callers: readonly string[], action: string): boolean =>
  Statement.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      (isEveryone(statement.Principal) || callers.some((caller) => named(statement.Principal).includes(caller))) &&
      [statement.Action].flat().some((pattern) => typeof pattern === 'string' && isLike(action, pattern)),
  );

const named = (principal: unknown): unknown[] => (isObject(principal) ? [principal.AWS].flat() : []);

/** Actions count upper and lower case the same, `*` stands for any text, `?` for one character. */
function isLike(action: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(action);
}

const isEveryone = (principal: unknown): boolean =>
  principal === '*' || (isObject(principal) && [principal.AWS].flat().includes('*'));

const countOf = (statement: Record<string, unknown>, ...names: string[]) =>
  names.filter((name) => statement[name] !== undefined).length;

function isStatement(statement: unknown, of: PolicyOf): boolean {
  return (
    isObject(statement) &&
    (statement.Effect === 'Allow' || statement.Effect === 'Deny') &&
    countOf(statement, 'Principal', 'NotPrincipal') === (of === 'resource' ? 1 : 0) &&
    countOf(statement, 'Action', 'NotAction') === 1 &&
    countOf(statement, 'Resource', 'NotResource') === 1 &&
    (statement.Condition === undefined || isObject(statement.Condition))
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
