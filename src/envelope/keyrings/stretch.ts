import { randomBytes, scrypt } from 'node:crypto';

/** What scrypt costs: N is memory and time (a power of two), r the block size, p how many times over. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export interface Stretching extends ScryptCost {
  /** 16 bytes. */
  readonly salt: Uint8Array;
}

/** About half a second and 128 MiB. */
const defaultCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

/** A damaged or hostile file must not make us ask for all memory, or calculate for ever: at most four times our own cost. */
const most = 4 * 128 * 2 ** 17 * 8;

export const newStretching = (cost = defaultCost): Stretching => ({ ...cost, salt: randomBytes(16) });

/** `scrypt:131072:8:1:SALT`, the salt in base64url. */
export const printStretching = ({ N, r, p, salt }: Stretching): string =>
  `scrypt:${N}:${r}:${p}:${Buffer.from(salt).toString('base64url')}`;

/** What `printStretching` wrote; undefined for anything else, and where it costs too much. */
export function parseStretching(text: string): Stretching | undefined {
  const found = /^scrypt:(\d{1,9}):(\d{1,3}):(\d{1,3}):([A-Za-z0-9_-]{22})$/.exec(text);
  if (!found) return undefined;
  const [N, r, p] = found.slice(1, 4).map(Number) as [number, number, number];
  const isPower = N > 1 && (N & (N - 1)) === 0;
  const isCheap = r > 0 && p > 0 && 128 * N * r * p <= most;
  const stretching = { N, r, p, salt: Buffer.from(found[4]!, 'base64url') };
  return isPower && isCheap && printStretching(stretching) === text ? stretching : undefined;
}

/** 32 bytes from a passphrase: its UTF-8 in normal form C, so that it is the same on every keyboard. */
export function stretch(passphrase: string, { N, r, p, salt }: Stretching): Promise<Uint8Array> {
  const options = { N, r, p, maxmem: 2 * most };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
