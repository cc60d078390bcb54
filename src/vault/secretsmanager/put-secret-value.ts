import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { clientRequestToken, secretBinary, secretId, secretString, stages } from './members.ts';
import { findUsableSecret } from './names.ts';
import { readValue } from './values.ts';
import { addVersion, current, requireToken, stagesOf } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const putSecretValue = writing(
  {
    SecretId: required(secretId),
    ClientRequestToken: clientRequestToken,
    SecretBinary: secretBinary,
    SecretString: secretString,
    VersionStages: stages,
  },
  (call, input) => {
    const VersionId = requireToken(input.ClientRequestToken);
    const value = readValue(input);
    if (!value) {
      throw new ApiError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    }
    const secret = findUsableSecret(call, input.SecretId);
    addVersion(call, secret, VersionId, value, input.VersionStages ?? [current]);
    return { ARN: secret.arn, Name: secret.name, VersionId, VersionStages: stagesOf(call, secret, VersionId) };
  },
);
