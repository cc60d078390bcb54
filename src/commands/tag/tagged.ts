import type { Clients } from '../../aws/services.ts';
import type { Context, Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { parseReference } from '../../reference/reference.ts';
import { type Kind, type Tags, taggingOf } from './tags-of.ts';

/** One thing that has tags. */
export interface Tagged {
  readonly kind: Kind;
  /** As its service takes it. */
  readonly id: string;
  /** As a reference: `secret:prod/db`. */
  readonly said: string;
  read(): Promise<Tags>;
  add(tags: Tags): Promise<unknown>;
  remove(keys: string[]): Promise<unknown>;
}

/** What a reference names. Throws code `usage` for what has no tags: a version, a key of a value, a tree, a file. */
export async function taggedBy(context: Context, text: string): Promise<Tagged> {
  const reference = parseReference(text);
  const { kind } = reference;
  if (kind !== 'secret' && kind !== 'param' && kind !== 'key') throw noTags(text);
  const isPart =
    (kind === 'secret' && (reference.stage ?? reference.versionId ?? reference.key)) ||
    (kind === 'param' && (reference.version ?? reference.key ?? reference.tree));
  if (isPart) throw noTags(text);
  const id = kind === 'param' ? reference.name : reference.id;
  return tagged(await context.clients(reference.where), context.terminal, { kind, id });
}

export function tagged(clients: Clients, terminal: Terminal, { kind, id }: Pick<Tagged, 'kind' | 'id'>): Tagged {
  const tagging = taggingOf(clients, terminal)[kind];
  return {
    ...{ kind, id, said: id.startsWith('arn:') ? id : `${kind}:${id}` },
    read: () => tagging.read(id),
    add: (tags) => tagging.add(id, tags),
    remove: (keys) => tagging.remove(id, keys),
  };
}

const noTags = (text: string) =>
  new UserError('usage', `expected a secret, a parameter or a key, whole, got "${text}"`, {
    hints: ['like secret:prod/db, param:/prod/app/url, key:alias/app'],
  });
