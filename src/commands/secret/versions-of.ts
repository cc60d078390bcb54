import type { DescribeSecretResponse, SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';

/** The id of the version that has a stage, or that is named by its id. Throws code `not-found`, with the stages there are. */
export async function versionOf(client: SecretsManager, id: string, stageOrId: string): Promise<string> {
  const { VersionIdsToStages = {}, Name } = await client.describeSecret({ SecretId: id });
  const found = Object.entries(VersionIdsToStages).find(
    ([version, stages]) => version === stageOrId || stages.includes(stageOrId),
  );
  if (found) return found[0];
  if (stageOrId.length >= 32) return stageOrId; // a version without stages is listed nowhere here
  const stages = Object.values(VersionIdsToStages).flat().sort();
  throw new UserError('not-found', `secret "${Name}" has no version with stage "${stageOrId}"`, {
    hints: [
      stages.length > 0 ? `it has ${stages.map((stage) => `"${stage}"`).join(', ')}` : 'it has no version at all',
    ],
  });
}

/** The id of the version that has a stage now, if one has. */
export async function holderOf(client: SecretsManager, id: string, stage: string): Promise<string | undefined> {
  return holderIn(await client.describeSecret({ SecretId: id }), stage);
}

/** The same, of a secret that is described already. */
export const holderIn = ({ VersionIdsToStages = {} }: DescribeSecretResponse, stage: string): string | undefined =>
  Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(stage))?.[0];
