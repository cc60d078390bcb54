import { randomBytes } from 'node:crypto';
import { VaultError } from '../errors.ts';
import type { Call } from '../operation.ts';
import type { Database } from '../store/database.ts';
import type { Binding } from '../store/sealing.ts';
import { type KeyPair, readKeyPair } from './key-pair.ts';
import { insertMaterial, type KeyRow, type MaterialRow, selectMaterial } from './rows.ts';

const materialIdLength = 32;

export const newMaterialId = (): string => randomBytes(materialIdLength).toString('hex');

/** When a material takes the place of the one before, in milliseconds since 1970, and why. */
export interface MaterialRotation {
  readonly at: number;
  readonly type: 'AUTOMATIC' | 'ON_DEMAND';
}

interface NewMaterial {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly rotation?: MaterialRotation;
}

/** Gives a key material, which the vault's master key seals. */
export function addMaterial(call: Call, keyId: string, material: NewMaterial): void {
  const { account, region, database, now } = call;
  const { id, bytes, rotation } = material;
  const sealed = sealMaterial(call, { account, region, key_id: keyId, material_id: id }, bytes);
  const { at = null, type = null } = rotation ?? {};
  insertMaterial.run(database, account, region, keyId, id, sealed, now.getTime(), at, type, null, null);
}

export const sealMaterial = ({ sealer }: Call, place: Place, bytes: Uint8Array): Uint8Array =>
  sealer.seal(materialBinding(place), bytes);

/** One of a key's materials, or undefined when the key has none of that id, or has it no more. */
export function openMaterial({ database, sealer }: Call, key: KeyRow, materialId: string): Uint8Array | undefined {
  const row = selectMaterial.get(database, key.account, key.region, key.key_id, materialId);
  return row && row.material.length > 0 ? sealer.open(materialBinding(row), row.material) : undefined;
}

/** A material as it is worked with; a private key is read once, since that takes longer than an elliptic curve's signature. */
interface Opened {
  readonly bytes: Uint8Array;
  pair?: KeyPair;
}

/** Materials that were opened, by vault and then by place: they never change, and whether the key may be used is asked each time. */
const opened = new WeakMap<Database, Map<string, Opened>>();
const mostOpened = 1000;

function open(call: Call, key: KeyRow, materialId: string): Opened | undefined {
  const known = opened.get(call.database) ?? new Map<string, Opened>();
  opened.set(call.database, known);
  const place = placeOf(key) + materialId;
  const before = known.get(place);
  if (before) return before;
  const bytes = openMaterial(call, key, materialId);
  if (!bytes) return undefined;
  if (known.size >= mostOpened) known.clear();
  const found = { bytes };
  known.set(place, found);
  return found;
}

/** Like `openMaterial`, for those who use it again and again. */
export const material = (call: Call, key: KeyRow, materialId: string): Uint8Array | undefined =>
  open(call, key, materialId)?.bytes;

/** Takes a key's materials, or one of them, out of memory: they are deleted. */
export function forgetMaterials({ database }: Call, key: KeyRow, materialId = ''): void {
  const known = opened.get(database);
  for (const place of known?.keys() ?? []) if (place.startsWith(placeOf(key) + materialId)) known!.delete(place);
}

const placeOf = ({ account, region, key_id }: KeyRow) => `${account} ${region} ${key_id} `;

/** The material that a key works with. Throws a `VaultError` when it is not there. */
export const currentMaterial = (call: Call, key: KeyRow): Uint8Array => current(call, key).bytes;

/** The key pair that an asymmetric key works with. Throws a `VaultError` when it is not there, or is none. */
export function currentPair(call: Call, key: KeyRow): KeyPair {
  const found = current(call, key);
  try {
    found.pair ??= readKeyPair(found.bytes);
  } catch (error) {
    throw new VaultError('damaged', `the private key of key "${key.key_id}" cannot be read`, error);
  }
  return found.pair;
}

function current(call: Call, key: KeyRow): Opened {
  const found = open(call, key, key.material_id);
  if (!found) throw new VaultError('damaged', `key "${key.key_id}" has lost its material`);
  return found;
}

type Place = Pick<MaterialRow, 'account' | 'region' | 'key_id' | 'material_id'>;

/** What a material is bound to. */
export const materialBinding = ({ account, region, key_id, material_id }: Place): Binding => [
  account,
  region,
  'key',
  key_id,
  material_id,
  'material',
];
