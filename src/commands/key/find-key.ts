import type { KeyMetadata, Kms } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { parseKey } from '../../reference/reference.ts';

interface Found {
  readonly kms: Kms;
  readonly id: string;
  readonly metadata: KeyMetadata;
  /** What a person knows it by: what was written, and the id where that was another name. */
  readonly said: string;
}

/** The key that `text` names, by its id: most operations take no alias. */
export async function findKey(context: Context, text: string): Promise<Found> {
  const { where, id } = parseKey(text);
  const { kms } = await context.clients(where);
  const { KeyMetadata } = await kms.describeKey({ KeyId: id });
  const { KeyId } = KeyMetadata!;
  const said = id.includes('alias/') ? `key "${KeyId}" (${id})` : `key "${KeyId}"`;
  return { kms, id: KeyId!, metadata: KeyMetadata!, said };
}
