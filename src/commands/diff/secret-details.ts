import type { DescribeSecretResponse, SecretsManager } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import type { SecretReference } from '../../reference/kinds.ts';
import { isSecretTree } from '../../reference/reference.ts';
import { listBelow } from '../entries/secret-tree.ts';
import { sideBySide } from '../side-by-side.ts';
import { fromList } from '../tag/tags-of.ts';
import type { Details, DetailsByName } from './details.ts';

/** Of one secret, or of all below a path. */
export async function secretDetails(
  terminal: Terminal,
  client: SecretsManager,
  reference: SecretReference,
): Promise<DetailsByName> {
  const { id } = reference;
  if (!isSecretTree(reference)) return new Map([['', await detailsOf(client, id)]]);
  const names = (await listBelow(terminal, client, id)).map(({ Name }) => Name!);
  const found = await sideBySide(names, (name) => detailsOf(client, name).catch((error: Error) => error));
  return new Map(names.map((name, index) => [name.slice(id.length), found[index]!]));
}

async function detailsOf(client: SecretsManager, SecretId: string): Promise<Details> {
  const [secret, { ResourcePolicy }] = await Promise.all([
    client.describeSecret({ SecretId }),
    client.getResourcePolicy({ SecretId }),
  ]);
  return {
    ...{ description: secret.Description || undefined, key: ownKey(secret.KmsKeyId) },
    ...{ policy: ResourcePolicy && inOneForm(ResourcePolicy), replicas: replicasOf(secret) },
    ...tagDetails(fromList(secret.Tags)),
  };
}

const replicasOf = ({ ReplicationStatus = [] }: DescribeSecretResponse) =>
  ReplicationStatus.map(({ Region }) => Region)
    .sort()
    .join(', ') || undefined;

/** White space says nothing in a policy. */
const inOneForm = (policy: string) => JSON.stringify(JSON.parse(policy));

/** A key of one's own; AWS's is the same everywhere, by whatever name. */
export const ownKey = (id: string | undefined): string | undefined => (id?.startsWith('alias/aws/') ? undefined : id);

export const tagDetails = (tags: Readonly<Record<string, string>>): Details =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`tag ${key}`, value]));
