import { ApiError } from '../errors.ts';
import { type Call, writing } from '../operation.ts';
import { boolean, required } from '../shape.ts';
import {
  clientRequestToken,
  description,
  kmsKeyId,
  secretBinary,
  secretName,
  secretString,
  secretType,
  tags,
} from './members.ts';
import { lookUp, newArn, purge, requireName } from './names.ts';
import { isReplica, replicaRegions, replicate, replicationStatus } from './replicas.ts';
import { insertSecret, type SecretRow, selectVersion } from './rows.ts';
import { mergeTags, type Tag } from './tags.ts';
import { keptKeyId, keyArnOf, readValue } from './values.ts';
import { addVersion, current, requireToken } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const createSecret = writing(
  {
    Name: required(secretName),
    ClientRequestToken: clientRequestToken,
    Description: description,
    KmsKeyId: kmsKeyId,
    SecretBinary: secretBinary,
    SecretString: secretString,
    Tags: tags,
    AddReplicaRegions: replicaRegions,
    ForceOverwriteReplicaSecret: boolean(),
    Type: secretType,
  },
  (call, input) => {
    requireName(input.Name);
    const value = readValue(input);
    const VersionId = value && requireToken(input.ClientRequestToken);
    purge(call);
    const existing = lookUp(call, input.Name);
    if (existing) requireRepetition(call, existing, VersionId);
    const secret = existing ?? insert(call, input);
    if (value) addVersion(call, secret, VersionId!, value, [current]);
    const { AddReplicaRegions: regions, ForceOverwriteReplicaSecret } = input;
    if (regions) replicate(call, secret, regions, ForceOverwriteReplicaSecret);
    const ReplicationStatus = regions && replicationStatus(call, secret);
    return { ARN: secret.arn, Name: secret.name, VersionId, ReplicationStatus };
  },
);

interface Details {
  Name: string;
  Description?: string;
  KmsKeyId?: string;
  Tags?: Tag[];
  Type?: string;
}

function insert(call: Call, { Name, Description, KmsKeyId, Tags = [], Type }: Details): SecretRow {
  const arn = newArn(call, Name);
  const keyId = keptKeyId(KmsKeyId);
  keyArnOf(call, keyId);
  const tags = JSON.stringify(mergeTags([], Tags));
  const now = call.now.getTime();
  const { database, account, region } = call;
  insertSecret.run(database, account, region, Name, arn, Description || null, keyId, tags, now, now, Type || null);
  return lookUp(call, arn)!;
}

/** A name that is taken is only right when this token made a version of it: then it is the same request once more. */
function requireRepetition({ database }: Call, secret: SecretRow, versionId: string | undefined): void {
  if (secret.deleted !== null) {
    throw new ApiError(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (versionId && !isReplica(secret) && selectVersion.get(database, secret.arn, versionId)) return;
  throw new ApiError(
    'ResourceExistsException',
    `The operation failed because the secret ${secret.name} already exists.`,
  );
}
