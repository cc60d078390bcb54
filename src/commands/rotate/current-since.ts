import type { SecretsManager } from '../../aws/services.ts';
import { everyPage } from '../pages.ts';

/** When the current version was made. */
export async function currentSince(client: SecretsManager, SecretId: string): Promise<Date | undefined> {
  for await (const { Versions = [] } of everyPage((NextToken) =>
    client.listSecretVersionIds({ SecretId, NextToken }),
  )) {
    const current = Versions.find(({ VersionStages }) => VersionStages?.includes('AWSCURRENT'));
    if (current) return current.CreatedDate;
  }
  return undefined;
}
