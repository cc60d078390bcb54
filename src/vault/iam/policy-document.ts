/** A resource policy or key policy, as far as the vault looks into it so far. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /** `*`, or names by kind: `{ "AWS": [...] }`. */
  readonly Principal?: unknown;
  readonly Condition?: object;
}

/**
 * Reads a policy; undefined where it has not the form that IAM's grammar wants of it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(text: string): PolicyDocument | undefined {
  const policy = parse(text);
  if (!isObject(policy) || !['2012-10-17', '2008-10-17', undefined].includes(policy.Version as string))
    return undefined;
  const statements = [policy.Statement].flat();
  if (statements.length === 0 || !statements.every(isStatement)) return undefined;
  return { ...policy, Statement: statements };
}

/** Whether anybody at all may do something: everyone is allowed, and no condition says when. */
export const isPublic = ({ Statement }: PolicyDocument): boolean =>
  Statement.some(({ Effect, Principal, Condition }) => Effect === 'Allow' && isEveryone(Principal) && !Condition);

const isEveryone = (principal: unknown): boolean =>
  principal === '*' || (isObject(principal) && [principal.AWS].flat().includes('*'));

const has = (statement: Record<string, unknown>, ...names: string[]) =>
  names.filter((name) => statement[name] !== undefined).length === 1;

function isStatement(statement: unknown): statement is Statement {
  return (
    isObject(statement) &&
    (statement.Effect === 'Allow' || statement.Effect === 'Deny') &&
    has(statement, 'Principal', 'NotPrincipal') &&
    has(statement, 'Action', 'NotAction') &&
    has(statement, 'Resource', 'NotResource') &&
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
