import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId } from './members.ts';
import { findSecret } from './names.ts';
import { setDeletionDate } from './rows.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export const restoreSecret = writing({ SecretId: required(secretId) }, (call, { SecretId }) => {
  const secret = findSecret(call, SecretId);
  setDeletionDate.run(call.database, null, secret.arn);
  return { ARN: secret.arn, Name: secret.name };
});
