import { type Call, writing } from '../operation.ts';
import { required } from '../shape.ts';
import { clientRequestToken, description, kmsKeyId, secretBinary, secretId, secretString } from './members.ts';
import { findUsableSecret } from './names.ts';
import { type SecretRow, setDescription, setKmsKeyId } from './rows.ts';
import { keptKeyId, readValue } from './values.ts';
import { addVersion, current, requireToken, resealVersions, touch } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
export const updateSecret = writing(
  {
    SecretId: required(secretId),
    ClientRequestToken: clientRequestToken,
    Description: description,
    KmsKeyId: kmsKeyId,
    SecretBinary: secretBinary,
    SecretString: secretString,
  },
  (call, input) => {
    const value = readValue(input);
    const VersionId = value && requireToken(input.ClientRequestToken);
    const found = findUsableSecret(call, input.SecretId);
    const { Description, KmsKeyId } = input;
    if (Description !== undefined) setDescription.run(call.database, Description || null, found.arn);
    const secret = KmsKeyId === undefined ? found : changeKey(call, found, KmsKeyId);
    if (Description !== undefined || KmsKeyId !== undefined) touch(call, secret);
    if (value) addVersion(call, secret, VersionId!, value, [current]);
    return { ARN: secret.arn, Name: secret.name, VersionId };
  },
);

function changeKey(call: Call, secret: SecretRow, kmsKeyId: string): SecretRow {
  const changed = { ...secret, kms_key_id: keptKeyId(kmsKeyId) };
  setKmsKeyId.run(call.database, changed.kms_key_id, secret.arn);
  resealVersions(call, changed);
  return changed;
}
