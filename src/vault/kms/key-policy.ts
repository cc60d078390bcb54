import { ApiError } from '../errors.ts';
import { allows, readPolicy } from '../iam/policy-document.ts';
import type { Call } from '../operation.ts';
import type { KeyRow } from './rows.ts';

/** The only name that a key policy may have. */
export const defaultName = 'default';

const mostBytes = 32_768;

/** The policy that a key has when nobody gave it one: its account decides, by its own policies. */
export const policyOf = ({ account, policy }: KeyRow): string =>
  policy ??
  `{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::${account}:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`;

/** Throws for what is no policy, too long, or would let its author never change it again. */
export function checkPolicy(call: Call, text: string, bypass = false): void {
  if (Buffer.byteLength(text) > mostBytes) {
    throw new ApiError('LimitExceededException', `The policy exceeds the maximum size of ${mostBytes} bytes.`);
  }
  const policy = readPolicy(text);
  if (!policy) throw malformed('This policy has invalid syntax.');
  const callers = [call.principal, `arn:aws:iam::${call.account}:root`, call.account];
  if (bypass || allows(policy, callers, 'kms:PutKeyPolicy')) return;
  throw malformed('The new key policy will not allow you to update the key policy in the future.');
}

/** Throws NotFoundException for another name than `default`. */
export function requireDefault(name = defaultName): void {
  if (name !== defaultName) throw new ApiError('NotFoundException', 'No such policy exists');
}

const malformed = (message: string) => new ApiError('MalformedPolicyDocumentException', message);
