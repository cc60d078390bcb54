import type { Call } from '../operation.ts';
import { type KeyRow, selectRelatedKeys } from './rows.ts';

export const isReplica = ({ region, primary_region }: Pick<KeyRow, 'region' | 'primary_region'>): boolean =>
  primary_region !== null && primary_region !== region;

/** A key in every Region where it still is; a key of one Region, alone. */
export function relatedKeys({ database, now }: Call, key: KeyRow): KeyRow[] {
  if (key.primary_region === null) return [key];
  const all = selectRelatedKeys.all(database, key.account, key.key_id);
  return all.filter(({ deletion }) => deletion === null || deletion > now.getTime());
}

export const replicasOf = (call: Call, key: KeyRow): KeyRow[] => relatedKeys(call, key).filter(isReplica);
