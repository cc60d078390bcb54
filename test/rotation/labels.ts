import type { Door } from './door.ts';

export interface Stored {
  readonly id: string;
  readonly stages: string[];
  readonly value: string;
}

/** Every version of a secret that a label keeps, with its value. */
export async function storedVersions(door: Door, name: string): Promise<Stored[]> {
  const { VersionIdsToStages: stagesOf } = await door.call('DescribeSecret', { SecretId: name });
  const stored = Object.entries(stagesOf as Record<string, string[]>).map(async ([id, stages]) => {
    const { SecretString: value } = await door.call('GetSecretValue', { SecretId: name, VersionId: id });
    return { id, stages, value: value as string };
  });
  return Promise.all(stored);
}

export const withStage = (versions: Stored[], stage: string) => versions.find(({ stages }) => stages.includes(stage));

/** What a rotation has left to do or to tidy up; nothing when it is over. */
export function pendingIn(versions: Stored[]): string[] {
  const current = withStage(versions, 'AWSCURRENT');
  const known = new Set(['AWSCURRENT', 'AWSPREVIOUS']);
  return versions.flatMap(({ id, stages }) =>
    stages.filter((stage) => !known.has(stage) && !(stage === 'AWSPENDING' && id === current?.id)),
  );
}

/** Every version that there ever was, those without a label, too. */
export async function allVersions(door: Door, name: string): Promise<Stored[]> {
  const all: Stored[] = [];
  let NextToken: unknown;
  do {
    const page = await door.call('ListSecretVersionIds', { SecretId: name, IncludeDeprecated: true, NextToken });
    for (const { VersionId: id, VersionStages: stages = [] } of page.Versions as Listed[]) {
      const { SecretString: value } = await door.call('GetSecretValue', { SecretId: name, VersionId: id });
      all.push({ id, stages, value: value as string });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
}

interface Listed {
  VersionId: string;
  VersionStages?: string[];
}
