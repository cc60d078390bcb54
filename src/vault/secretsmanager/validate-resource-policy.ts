import { isPublic } from '../iam/policy-document.ts';
import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId } from './members.ts';
import { findSecret } from './names.ts';
import { publicAccess, requirePolicy, resourcePolicy } from './policies.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html */
export const validateResourcePolicy = reading(
  { SecretId: secretId, ResourcePolicy: required(resourcePolicy) },
  (call, { SecretId, ResourcePolicy }) => {
    if (SecretId !== undefined) findSecret(call, SecretId);
    const errors = isPublic(requirePolicy(ResourcePolicy))
      ? [{ CheckName: 'PUBLIC_ACCESS', ErrorMessage: publicAccess }]
      : [];
    return { PolicyValidationPassed: errors.length === 0, ValidationErrors: errors };
  },
);
