import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { boolean, string } from '../shape.ts';
import { changing } from './changing.ts';
import { clientRequestToken } from './members.ts';
import { externalMetadata, type Rotation, rotationOf, rotationRules } from './rotation.ts';
import { type SecretRow, setRotation } from './rows.ts';
import { beginVersion, touch } from './versions.ts';

/**
 * Sets rotation up and begins it: a version without a value takes the label AWSPENDING, and whoever rotates gives it
 * one. With `RotateImmediately` false only the settings change.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
export const rotateSecret = changing(
  {
    ClientRequestToken: clientRequestToken,
    RotationLambdaARN: string({ max: 2048 }),
    RotationRules: rotationRules,
    ExternalSecretRotationMetadata: externalMetadata,
    ExternalSecretRotationRoleArn: string({ min: 20, max: 2048 }),
    RotateImmediately: boolean(),
  },
  (call, secret, { ClientRequestToken, RotateImmediately = true, ...settings }) => {
    if (ClientRequestToken === undefined) {
      throw refused('You must provide a ClientRequestToken value. We recommend a UUID-type value.');
    }
    setRotation.run(call.database, JSON.stringify(settingsOf(secret, settings)), secret.arn);
    const VersionId = RotateImmediately ? begin(call, secret, ClientRequestToken) : undefined;
    touch(call, secret);
    return { ARN: secret.arn, Name: secret.name, VersionId };
  },
);

function begin(call: Call, secret: SecretRow, versionId: string): string {
  beginVersion(call, secret, versionId);
  return versionId;
}

/** What the request leaves out stays as it was. Throws where nothing says who is to rotate. */
function settingsOf(secret: SecretRow, settings: Omit<Rotation, 'RotationEnabled'>): Rotation {
  const { RotationRules: rules } = settings;
  if (rules?.AutomaticallyAfterDays !== undefined && rules.ScheduleExpression !== undefined) {
    throw refused("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
  }
  const rotation = { ...rotationOf(secret), ...settings, RotationEnabled: true };
  if (rotation.RotationLambdaARN || rotation.ExternalSecretRotationRoleArn) return rotation;
  throw new ApiError('InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.');
}

const refused = (message: string) => new ApiError('InvalidParameterException', message);
