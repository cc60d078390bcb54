import type { Call } from '../operation.ts';
import { changing } from './changing.ts';
import { clientRequestToken, description, kmsKeyId, secretBinary, secretString, secretType } from './members.ts';
import { isReplica, noteReplicaKey } from './replicas.ts';
import { type SecretRow, setDescription, setKmsKeyId, setType } from './rows.ts';
import { keptKeyId, readValue } from './values.ts';
import { addVersion, current, requireToken, resealVersions, touch } from './versions.ts';

/**
 * Of a replica, the KMS key is all that can be changed.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html
 */
export const updateSecret = changing(
  {
    ClientRequestToken: clientRequestToken,
    Description: description,
    KmsKeyId: kmsKeyId,
    SecretBinary: secretBinary,
    SecretString: secretString,
    Type: secretType,
  },
  (call, found, input) => {
    const value = readValue(input);
    const VersionId = value && requireToken(input.ClientRequestToken);
    const { Description, KmsKeyId, Type } = input;
    if (Description !== undefined) setDescription.run(call.database, Description || null, found.arn);
    if (Type !== undefined) setType.run(call.database, Type || null, found.arn);
    const secret = KmsKeyId === undefined ? found : changeKey(call, found, KmsKeyId);
    if ([Description, KmsKeyId, Type].some((member) => member !== undefined)) touch(call, secret);
    if (value) addVersion(call, secret, VersionId!, value, [current]);
    return { ARN: secret.arn, Name: secret.name, VersionId };
  },
  ({ KmsKeyId, Description, SecretBinary, SecretString, Type }) =>
    KmsKeyId !== undefined && [Description, SecretBinary, SecretString, Type].every((member) => member === undefined),
);

function changeKey(call: Call, secret: SecretRow, kmsKeyId: string): SecretRow {
  const changed = { ...secret, kms_key_id: keptKeyId(kmsKeyId) };
  setKmsKeyId.run(call.database, changed.kms_key_id, secret.arn);
  resealVersions(call, changed);
  if (isReplica(changed)) noteReplicaKey(call, changed);
  return changed;
}
