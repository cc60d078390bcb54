import { ApiError } from '../errors.ts';
import type { VersionRow } from './rows.ts';

/*
 * Parameter policies: a JSON list, in which each has a type, version 1.0 and attributes.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html
 */

interface Policy {
  readonly Type: keyof typeof attributes;
  readonly Version: '1.0';
  readonly Attributes: Readonly<Record<string, string>>;
}

const mostPolicies = 10;
const hour = 60 * 60 * 1000;
const units: Record<string, number> = { Hours: hour, Days: 24 * hour };

const span = (name: string) => (found: Record<string, unknown>) =>
  /^[1-9]\d{0,4}$/.test(String(found[name])) && Object.hasOwn(units, String(found.Unit));

/** What each type has to say. */
const attributes = {
  Expiration: ({ Timestamp }: Record<string, unknown>) =>
    typeof Timestamp === 'string' && /^\d{4}-\d\d-\d\dT/.test(Timestamp) && !Number.isNaN(Date.parse(Timestamp)),
  ExpirationNotification: span('Before'),
  NoChangeNotification: span('After'),
};

/** Reads what a request or a row has. `[{}]` is how a request takes all policies away. Throws AWS's errors for policies. */
export function readPolicies(text: string | null | undefined): Policy[] {
  if (text === null || text === undefined) return [];
  const list = parse(text);
  if (!Array.isArray(list)) throw wrongType('The policies are not a JSON list of policies.');
  const policies = list.filter((policy) => !isEmpty(policy));
  if (policies.length > mostPolicies) {
    throw new ApiError('PoliciesLimitExceededException', `A parameter can have at most ${mostPolicies} policies.`);
  }
  for (const policy of policies) checkPolicy(policy);
  return policies;
}

function checkPolicy(policy: unknown): asserts policy is Policy {
  const { Type, Version, Attributes } = (policy ?? {}) as Record<string, unknown>;
  if (typeof Type !== 'string' || !Object.hasOwn(attributes, Type)) {
    throw wrongType(
      'The policy type is not supported. Parameter Store supports Expiration, ExpirationNotification and NoChangeNotification.',
    );
  }
  const isWhole = Version === '1.0' && typeof Attributes === 'object' && Attributes !== null;
  if (isWhole && attributes[Type as Policy['Type']](Attributes as Record<string, unknown>)) return;
  throw new ApiError(
    'InvalidPolicyAttributeException',
    `The policy ${Type} has a version or attributes that are not valid.`,
  );
}

/** Throws for policies that do not go together, or that have ended before they begin. */
export function checkTogether(policies: readonly Policy[], now: Date): void {
  const types = policies.map(({ Type }) => Type);
  if (types.filter((type) => type === 'Expiration').length > 1) {
    throw new ApiError('IncompatiblePolicyException', 'A parameter can have only one Expiration policy.');
  }
  if (types.includes('ExpirationNotification') && !types.includes('Expiration')) {
    throw new ApiError('IncompatiblePolicyException', 'ExpirationNotification needs an Expiration policy.');
  }
  const end = expirationOf(policies);
  if (end === null || end > now.getTime()) return;
  throw new ApiError('InvalidPolicyAttributeException', 'The timestamp of the policy Expiration is in the past.');
}

/** When a parameter goes, in milliseconds since 1970; null: never. */
export function expirationOf(policies: readonly Policy[]): number | null {
  const found = policies.find(({ Type }) => Type === 'Expiration');
  return found ? Date.parse(found.Attributes.Timestamp!) : null;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterInlinePolicy.html */
export function inlinePolicies({ policies: text, modified }: VersionRow, now: Date) {
  const policies = readPolicies(text);
  return policies.map((policy) => ({
    PolicyText: JSON.stringify(policy),
    PolicyType: policy.Type,
    PolicyStatus: takesEffect(policy, policies, modified) <= now.getTime() ? 'Finished' : 'Pending',
  }));
}

function takesEffect({ Type, Attributes }: Policy, all: readonly Policy[], modified: number): number {
  const end = expirationOf(all) ?? Number.POSITIVE_INFINITY;
  const unit = units[Attributes.Unit ?? ''] ?? 0;
  if (Type === 'NoChangeNotification') return modified + Number(Attributes.After) * unit;
  return Type === 'Expiration' ? end : end - Number(Attributes.Before) * unit;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isEmpty = (policy: unknown) => typeof policy === 'object' && policy !== null && Object.keys(policy).length === 0;

const wrongType = (message: string) => new ApiError('InvalidPolicyTypeException', message);
