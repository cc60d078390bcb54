import { ApiError } from '../errors.ts';
import { isPublic, type PolicyDocument, readPolicy } from '../iam/policy-document.ts';
import { string } from '../shape.ts';

export const resourcePolicy = string({ min: 1, max: 20_480 });

/** Throws MalformedPolicyDocumentException. */
export function requirePolicy(text: string): PolicyDocument {
  const policy = readPolicy(text);
  if (!policy) throw new ApiError('MalformedPolicyDocumentException', 'This policy has invalid syntax.');
  return policy;
}

/** Throws PublicPolicyException for a policy that lets in everyone. */
export function requireNotPublic(policy: PolicyDocument): void {
  if (!isPublic(policy)) return;
  throw new ApiError('PublicPolicyException', publicAccess);
}

export const publicAccess =
  'The resource policy grants broad access to the secret: a statement allows every principal, without a condition.';
