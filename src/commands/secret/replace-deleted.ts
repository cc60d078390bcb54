import { because } from '../../aws/errors.ts';
import type { CreateSecretRequest, CreateSecretResponse, SecretsManager } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { day } from '../day.ts';

type Wanted = CreateSecretRequest & { Name: string };

/**
 * The new secret under a name that is scheduled for deletion. AWS frees such a name only when its day has come, so the
 * old secret comes back and gets the new value. Throws what CreateSecret threw where the name is not scheduled.
 */
export async function replaceDeleted(
  client: SecretsManager,
  terminal: Terminal,
  wanted: Wanted,
  refusal: Error,
): Promise<CreateSecretResponse> {
  const { Name } = wanted;
  const { DeletedDate } = await client.describeSecret({ SecretId: Name });
  if (!DeletedDate) throw refusal;
  await client.restoreSecret({ SecretId: Name });
  try {
    const answer = await overwrite(client, wanted);
    terminal.say(
      `secret "${Name}" was scheduled for deletion on ${day(DeletedDate)}: it is restored, with the new value`,
    );
    terminal.say('it keeps its ARN, its policy, its other tags, and its old value as AWSPREVIOUS');
    return answer;
  } catch (cause) {
    throw new UserError(
      'partial',
      `secret "${Name}" is restored, but could not be given all that is new${because(cause)}`,
      {
        hints: [
          `see what it is now: "latchkey secret describe ${Name}"`,
          `delete it again: "latchkey secret delete ${Name}"`,
        ],
        cause,
      },
    );
  }
}

async function overwrite(client: SecretsManager, wanted: Wanted): Promise<CreateSecretResponse> {
  const { Name, Description, KmsKeyId, SecretString, SecretBinary, Tags, AddReplicaRegions } = wanted;
  const answer = await client.updateSecret({ SecretId: Name, Description, KmsKeyId, SecretString, SecretBinary });
  if (Tags) await client.tagResource({ SecretId: Name, Tags });
  if (!AddReplicaRegions) return answer;
  return { ...answer, ...(await client.replicateSecretToRegions({ SecretId: Name, AddReplicaRegions })) };
}
