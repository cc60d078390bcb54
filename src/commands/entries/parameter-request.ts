import type { PutParameterRequest, Ssm } from '../../aws/services.ts';
import { needsAdvanced, parameterValue, tiers } from '../param/parameter-value.ts';
import { createParameter } from '../param/store.ts';
import { bytesOf, type Writing } from './changes.ts';
import type { Entry } from './entries.ts';

/** What is to be written, in the tier that its size needs. Throws code `usage` for what no parameter can hold. */
export function requestOf({ name, value }: Entry): PutParameterRequest & { Name: string } {
  const Value = parameterValue(bytesOf(value));
  return { Name: name, Value, Tier: needsAdvanced(Value) ? tiers.auto.name : undefined };
}

/** A new parameter: encrypted, unless its entry says otherwise. */
export async function newParameter(ssm: Ssm, entry: Entry, { kmsKey, tags }: Writing): Promise<void> {
  const Type = (entry.type ?? 'SecureString') as PutParameterRequest['Type'];
  const KeyId = Type === 'SecureString' ? kmsKey : undefined;
  await createParameter(ssm, { ...requestOf(entry), Type, KeyId, Tags: tags });
}
