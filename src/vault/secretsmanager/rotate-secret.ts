import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { boolean, string } from '../shape.ts';
import { changing } from './changing.ts';
import { clientRequestToken } from './members.ts';
import { externalMetadata, type Rotation, requireRules, rotationOf, rotationRules, writeRotation } from './rotation.ts';
import type { SecretRow } from './rows.ts';
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
    writeRotation(call, secret, settingsOf(call, secret, settings));
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
function settingsOf({ now }: Call, secret: SecretRow, settings: Omit<Rotation, 'RotationEnabled' | 'since'>): Rotation {
  const { RotationRules: rules } = settings;
  if (rules) requireRules(rules);
  const before = rotationOf(secret);
  const since = before && !rules ? before.since : now.getTime();
  const rotation = { ...before, ...settings, RotationEnabled: true, since };
  if (rotation.RotationLambdaARN || rotation.ExternalSecretRotationRoleArn) return rotation;
  throw new ApiError('InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.');
}

const refused = (message: string) => new ApiError('InvalidParameterException', message);
