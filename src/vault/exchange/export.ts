import { randomBytes } from 'node:crypto';
import { keyPart } from '../master-key.ts';
import { formatVersion } from '../store/format.ts';
import type { Header } from '../store/header.ts';
import { rootKeyLength } from '../store/root-key.ts';
import { allItems, type Store } from './items.ts';
import { printLines } from './lines.ts';

interface Exported extends Store {
  readonly header: Header;
  readonly masterKey: Uint8Array;
  /** What is to open the export; what opens the vault when left out. */
  readonly passphrase?: string;
}

/** All that a vault holds at one moment, as lines of JSON without their newlines. */
export async function exportLines({ header, masterKey, passphrase, ...store }: Exported): Promise<string[]> {
  const keys = passphrase === undefined ? { header, masterKey } : await sealedFor(passphrase, header);
  return store.database.transaction('read', () => [
    ...printLines({ ...keys, format: formatVersion(store.database), items: allItems(store) }),
  ]);
}

/** A key of the export's own: who knows the passphrase learns nothing that opens the vault. */
async function sealedFor(passphrase: string, header: Header) {
  const masterKey = randomBytes(rootKeyLength);
  return { header: { ...header, ...(await keyPart(masterKey, { passphrase }, header)), recovery: null }, masterKey };
}
