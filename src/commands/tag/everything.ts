import type { Clients } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { everyAlias, everyKey } from '../key/pages.ts';
import { everyItem } from '../pages.ts';
import { describeTree } from '../param/read-parameters.ts';
import { sideBySide } from '../side-by-side.ts';
import { fromList, type Kind, type Tags, taggingOf } from './tags-of.ts';

/** A thing, with its tags and what its price depends on. */
export interface Thing {
  readonly kind: Kind;
  readonly id: string;
  /** Its name; of a key its first alias, or its id. */
  readonly name: string;
  readonly tags: Tags;
  readonly tier?: string;
}

/** All there is of these kinds in one Region, with tags: AWS's own keys are left out, since nobody can tag them. */
export async function everything(clients: Clients, terminal: Terminal, wanted: readonly Kind[]): Promise<Thing[]> {
  const found = await Promise.all(wanted.map((kind) => readers[kind](clients, terminal)));
  return found.flat();
}

const readers: Record<Kind, (clients: Clients, terminal: Terminal) => Promise<Thing[]>> = {
  async secret({ secretsManager }, terminal) {
    const secrets = await everyItem(
      terminal,
      (NextToken) => secretsManager.listSecrets({ NextToken, MaxResults: 100 }),
      (page) => page.SecretList,
    );
    return secrets.map(({ Name, Tags }) => ({ kind: 'secret', id: Name!, name: Name!, tags: fromList(Tags) }));
  },

  async param(clients, terminal) {
    const { read } = taggingOf(clients, terminal).param;
    const parameters = await describeTree(clients.ssm, terminal, {});
    return sideBySide(parameters, async ({ Name, Tier }) => ({
      ...{ kind: 'param', id: Name!, name: Name!, tier: Tier },
      tags: await read(Name!),
    }));
  },

  async key(clients, terminal) {
    const { read } = taggingOf(clients, terminal).key;
    const { kms } = clients;
    const [keys, aliases] = await Promise.all([everyKey(kms, terminal), everyAlias(kms, terminal)]);
    const things = await sideBySide(keys, async ({ KeyId }): Promise<Thing[]> => {
      const { KeyMetadata } = await kms.describeKey({ KeyId });
      if (KeyMetadata!.KeyManager !== 'CUSTOMER') return [];
      const name = aliases.find(({ TargetKeyId }) => TargetKeyId === KeyId)?.AliasName ?? KeyId!;
      return [{ kind: 'key', id: KeyId!, name, tags: await read(KeyId!) }];
    });
    return things.flat();
  },
};
