import { accessKeyBinding } from '../iam/access-keys.ts';
import type { AccessKeyRow } from '../iam/rows.ts';
import { materialBinding } from '../kms/key-material.ts';
import type { MaterialRow } from '../kms/rows.ts';
import type { Value } from '../store/binding.ts';
import type { Binding } from '../store/sealing.ts';

export type Row = Record<string, Value>;

interface Sealed {
  readonly column: string;
  binding(row: Row): Binding;
}

/** The rows of another table that belong to an item. */
export interface Part {
  readonly table: string;
  /** Its columns that name the item, and the item's columns that they repeat. */
  readonly by: Readonly<Record<string, string>>;
  readonly order: string;
  /** A number that a vault gives out itself. */
  readonly omit?: string;
  readonly sealed?: Sealed;
  /** What is there already stays when the item is overwritten: values may be sealed under it. */
  readonly stays?: boolean;
}

/** One kind of thing that a vault holds. */
export interface Kind {
  readonly table: string;
  /** The columns that name an item; the last is what a person calls it. */
  readonly key: readonly string[];
  readonly parts: readonly Part[];
  /** What the vault's master key seals; all else is sealed under keys that are items themselves. */
  readonly sealed?: Sealed;
  /** Columns that a mere use changes: two items that differ in these alone are the same. */
  readonly use?: readonly string[];
  /** An item that each vault makes for itself: that of the vault it comes to stays. */
  isOwn?(row: Row): boolean;
}

const place = { account: 'account', region: 'region' };
const materialsOfKey: Part = {
  table: 'kms_materials',
  by: { ...place, key_id: 'key_id' },
  order: 'material_id',
  sealed: { column: 'material', binding: (row) => materialBinding(row as never as MaterialRow) },
  stays: true,
};
const grantsOfKey: Part = { table: 'kms_grants', by: { ...place, key_id: 'key_id' }, order: 'grant_id' };
const ofSecret = (table: string, order: string, omit?: string): Part => ({ table, by: { secret: 'arn' }, order, omit });
const ofParameter = (table: string, order: string): Part => ({ table, by: { ...place, name: 'name' }, order });

/** All that a vault holds, in an order in which nothing refers to what comes later. */
export const kinds: Readonly<Record<string, Kind>> = {
  key: {
    table: 'kms_keys',
    key: ['account', 'region', 'key_id'],
    parts: [materialsOfKey, grantsOfKey],
    use: ['used', 'used_for'],
  },
  alias: {
    table: 'kms_aliases',
    key: ['account', 'region', 'name'],
    parts: [],
    isOwn: ({ name }) => String(name).startsWith('alias/aws/'),
  },
  secret: {
    table: 'secrets',
    key: ['account', 'region', 'name'],
    parts: [
      ofSecret('secret_versions', 'sequence', 'sequence'),
      ofSecret('secret_stages', 'stage'),
      ofSecret('secret_replicas', 'region'),
    ],
    use: ['accessed'],
  },
  parameter: {
    table: 'parameters',
    key: ['account', 'region', 'name'],
    parts: [ofParameter('parameter_versions', 'version'), ofParameter('parameter_labels', 'label')],
  },
  'access key': {
    table: 'access_keys',
    key: ['access_key_id'],
    parts: [],
    sealed: { column: 'secret', binding: (row) => accessKeyBinding(row as never as AccessKeyRow) },
    use: ['used'],
  },
};
