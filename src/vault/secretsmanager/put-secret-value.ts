import { ApiError } from '../errors.ts';
import { string } from '../shape.ts';
import { changing } from './changing.ts';
import { clientRequestToken, secretBinary, secretString, stages } from './members.ts';
import { readValue } from './values.ts';
import { addVersion, current, requireToken, stagesOf } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const putSecretValue = changing(
  {
    ClientRequestToken: clientRequestToken,
    SecretBinary: secretBinary,
    SecretString: secretString,
    VersionStages: stages,
    /** Proves to a rotation in another account who calls; within one vault it proves nothing. */
    RotationToken: string({ min: 36, max: 256, pattern: '^[a-zA-Z0-9\\-]+$', sensitive: true }),
  },
  (call, secret, input) => {
    const VersionId = requireToken(input.ClientRequestToken);
    const value = readValue(input);
    if (!value) {
      throw new ApiError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    }
    addVersion(call, secret, VersionId, value, input.VersionStages ?? [current]);
    return { ARN: secret.arn, Name: secret.name, VersionId, VersionStages: stagesOf(call, secret, VersionId) };
  },
);
