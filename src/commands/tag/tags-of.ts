import type { Clients, Kms, SecretsManager, Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { fromMarker } from '../key/pages.ts';
import { everyItem } from '../pages.ts';

export type Tags = Readonly<Record<string, string>>;
export type Kind = 'secret' | 'param' | 'key';
export const kinds: readonly Kind[] = ['secret', 'param', 'key'];

/** How the tags of one thing are read and changed: each service has names of its own for that. */
interface Tagging {
  read(id: string): Promise<Tags>;
  add(id: string, tags: Tags): Promise<unknown>;
  remove(id: string, keys: string[]): Promise<unknown>;
}

interface Tag {
  Key?: string;
  Value?: string;
}

export const fromList = (tags: readonly Tag[] = []): Tags =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value ?? '']));

const toList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** By kind, over one session's clients. */
export const taggingOf = ({ secretsManager, ssm, kms }: Clients, terminal: Terminal): Record<Kind, Tagging> => ({
  secret: ofSecrets(secretsManager),
  param: ofParameters(ssm),
  key: ofKeys(kms, terminal),
});

const ofSecrets = (client: SecretsManager): Tagging => ({
  read: async (SecretId) => fromList((await client.describeSecret({ SecretId })).Tags),
  add: (SecretId, tags) => client.tagResource({ SecretId, Tags: toList(tags) }),
  remove: (SecretId, TagKeys) => client.untagResource({ SecretId, TagKeys }),
});

function ofParameters(client: Ssm): Tagging {
  const of = (ResourceId: string) => ({ ResourceType: 'Parameter', ResourceId }) as const;
  return {
    read: async (id) => fromList((await client.listTagsForResource(of(id))).TagList),
    add: (id, tags) => client.addTagsToResource({ ...of(id), Tags: toList(tags) }),
    remove: (id, TagKeys) => client.removeTagsFromResource({ ...of(id), TagKeys }),
  };
}

function ofKeys(client: Kms, terminal: Terminal): Tagging {
  const idOf = async (KeyId: string) =>
    KeyId.includes('alias/') ? (await client.describeKey({ KeyId })).KeyMetadata!.KeyId! : KeyId;
  return {
    async read(id) {
      const KeyId = await idOf(id);
      const tags = await everyItem(
        terminal,
        async (Marker) => fromMarker(await client.listResourceTags({ KeyId, Marker, Limit: 50 })),
        (page) => page.Tags,
      );
      return fromList(tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
    },
    async add(id, tags) {
      const Tags = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
      return client.tagResource({ KeyId: await idOf(id), Tags });
    },
    remove: async (id, TagKeys) => client.untagResource({ KeyId: await idOf(id), TagKeys }),
  };
}
