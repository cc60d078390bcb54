import { because } from '../../../aws/errors.ts';
import type { DescribeSecretResponse, SecretsManager } from '../../../aws/services.ts';
import { UserError } from '../../../errors.ts';
import { replaceCurrent } from '../replace-current.ts';
import type { SecretValue } from '../secret-value.ts';
import { holderIn } from '../versions-of.ts';
import type { Source, Version } from './source.ts';

/**
 * Makes a new secret of what was read, its versions under the ids and stages that they have, and returns its ARN. The
 * first version comes with the secret; what fails behind it is code `partial`.
 */
export async function storeNew(client: SecretsManager, name: string, source: Source, key?: string): Promise<string> {
  const [first, ...others] = source.versions;
  const { ARN } = await client.createSecret({
    ...{ Name: name, Description: source.description || undefined, KmsKeyId: key },
    Tags: source.tags.length > 0 ? source.tags : undefined,
    ...(first && { ...first.value, ClientRequestToken: first.id }),
  });
  try {
    if (first) await addStages(client, ARN!, first);
    for (const { id, value, stages } of others) {
      await client.putSecretValue({ SecretId: ARN, ...value, ClientRequestToken: id, VersionStages: stages });
    }
  } catch (cause) {
    throw new UserError(
      'partial',
      `secret "${name}" is made, but has not all versions of "${source.name}"${because(cause)}`,
      {
        hints: [
          `it has the current value; see what else: "latchkey secret versions ${name}"`,
          'to go on with that alone: --overwrite',
        ],
        cause,
      },
    );
  }
  return ARN!;
}

/** To the first version, which is AWSCURRENT by itself. */
async function addStages(client: SecretsManager, arn: string, { id, stages }: Version): Promise<void> {
  for (const VersionStage of stages.filter((stage) => !stage.startsWith('AWS'))) {
    await client.updateSecretVersionStage({ SecretId: arn, VersionStage, MoveToVersionId: id });
  }
}

/**
 * Gives the current value, the description and the tags to a secret that is there, and returns its ARN. Compare and set:
 * throws code `conflict` where it has got a new version since `there` was read. What is the same already is not written.
 */
export async function storeOver(
  client: SecretsManager,
  there: DescribeSecretResponse,
  source: Source,
  key?: string,
): Promise<string> {
  const { ARN, Description = '' } = there;
  const description = source.description && source.description !== Description ? source.description : undefined;
  if (description ?? key) await client.updateSecret({ SecretId: ARN, Description: description, KmsKeyId: key });
  const value = source.versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.value;
  const expected = holderIn(there, 'AWSCURRENT');
  if (value && expected === undefined) await client.putSecretValue({ SecretId: ARN, ...value });
  else if (value && expected && !(await holds(client, ARN!, value))) {
    await replaceCurrent(client, { id: ARN!, value, expected });
  }
  if (source.tags.length > 0) await client.tagResource({ SecretId: ARN, Tags: source.tags });
  return ARN!;
}

async function holds(client: SecretsManager, arn: string, value: SecretValue): Promise<boolean> {
  const there = await client.getSecretValue({ SecretId: arn, VersionStage: 'AWSCURRENT' });
  if ('SecretString' in value) return there.SecretString === value.SecretString;
  return there.SecretBinary !== undefined && Buffer.compare(there.SecretBinary, value.SecretBinary) === 0;
}
