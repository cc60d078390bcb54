import type { Context } from '../../context.ts';
import { type ListOptions, writeRecord } from '../../output/list.ts';
import { algorithmsOf, materialOf, verbsOf, whatAils, whatIs } from './about-key.ts';
import { findKey } from './find-key.ts';
import { everyAlias } from './pages.ts';
import { regionsOf } from './regions.ts';

/** What a key is, what it can do, and if it cannot be used now, why; 1 then. */
export async function explainKey(context: Context, text: string, options: ListOptions): Promise<0 | 1> {
  const { kms, id, metadata } = await findKey(context, text);
  const aliases = await everyAlias(kms, context.terminal, id).catch(ignoreDenied);
  const ails = whatAils(metadata, text);
  const about = {
    KeyId: metadata.Arn,
    Aliases: aliases?.map(({ AliasName }) => AliasName),
    Description: metadata.Description || undefined,
    Is: whatIs(metadata),
    Verbs: verbsOf(metadata),
    Algorithms: algorithmsOf(metadata),
    Material: materialOf(metadata),
    Regions: regionsOf(metadata),
    KeyState: metadata.KeyState,
    Usable: ails === undefined,
    ...ails,
  };
  await writeRecord(context.terminal, about, options);
  return ails ? 1 : 0;
}

function ignoreDenied(error: Error): undefined {
  if (!/AccessDenied/.test(error.name)) throw error;
}
