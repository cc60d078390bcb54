import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId } from './members.ts';
import { findUsableSecret } from './names.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export const getResourcePolicy = reading({ SecretId: required(secretId) }, (call, { SecretId }) => {
  const secret = findUsableSecret(call, SecretId);
  return { ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.policy ?? undefined };
});
