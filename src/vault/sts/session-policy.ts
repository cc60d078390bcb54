import { ApiError } from '../errors.ts';
import { readPolicy } from '../iam/policy-document.ts';

interface Packed {
  readonly Policy?: string;
  readonly PolicyArns?: readonly { readonly arn?: string }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Characters that the policies of a session may have together. */
const mostPolicy = 2048;

/** Throws MalformedPolicyDocument for what is no policy of an identity. */
export function requirePolicy(Policy: string | undefined): void {
  if (Policy === undefined || readPolicy(Policy, 'identity')) return;
  throw new ApiError('MalformedPolicyDocument', 'Syntax errors in policy.');
}

/**
 * How much of the room for policies and tags a session takes, in percent; undefined where it has none. How AWS packs
 * them is not published: here each character counts. Throws PackedPolicyTooLarge for policies beyond AWS's limit.
 */
export function packedSizeOf({ Policy = '', PolicyArns = [], Tags = [] }: Packed): number | undefined {
  const policies = lengthOf([Policy, ...PolicyArns.map(({ arn = '' }) => arn)]);
  if (policies > mostPolicy) {
    const message = `Packed policy consumes ${percentOf(policies)}% of allotted space, please use smaller policy.`;
    throw new ApiError('PackedPolicyTooLarge', message);
  }
  const tags = lengthOf(Tags.flatMap(({ Key, Value }) => [Key, Value]));
  return Math.min(percentOf(policies + tags), 100) || undefined;
}

const lengthOf = (texts: readonly string[]) => texts.join('').length;
const percentOf = (length: number) => Math.ceil((100 * length) / mostPolicy);
