import { randomBytes } from 'node:crypto';
import type { Authentic } from './authenticate.ts';
import type { DataKey, Keyring, WrappedKey } from './keyring.ts';
import { bindsContext, ignoresContext } from './keyrings/binding.ts';
import { withSigner } from './materials.ts';

export interface Change {
  /** Who else shall open the message. */
  readonly add?: readonly Keyring[];
  /** Whether this wrapped key shall go. */
  readonly remove?: (wrapped: WrappedKey) => boolean;
}

/**
 * What becomes of a wrapped key. `stays`: as it is. `again`: its keyring wraps anew. `goes`: as was wished. `lost`: it is bound to a context that changes, and
 * none of the keyrings can wrap it anew.
 */
export type Fate = 'stays' | 'again' | 'goes' | 'lost';

interface Fated {
  readonly wrapped: WrappedKey;
  readonly fate: Fate;
  /** Of what is wrapped again. */
  readonly owner?: Keyring;
}

/** Who opens the new message, with which data key, and whether the body stays. */
export async function planRewrap(old: Authentic, keyrings: readonly Keyring[], { add = [], remove }: Change) {
  const { suite, wrapped } = old.sealed.header;
  const { signer, context } = await withSigner(suite, old.context);
  const fates = await Promise.all(wrapped.map((one) => fateOf(one, old, keyrings, remove)));
  const wrapAll = async (plaintext: Uint8Array) => {
    const key = { plaintext, suite, context };
    const kept = await Promise.all(fates.map((fated) => wrapFated(fated, key)));
    return [...kept, ...(await Promise.all(add.map((keyring) => keyring.wrap(key))))].flat();
  };
  const rewrapped = await wrapAll(old.dataKey);
  const plan = { fates, signer, context, keepsBody: mayKeepBody(old, rewrapped) };
  const mustStay = plan.keepsBody || fates.some(({ fate }) => fate === 'stays');
  if (mustStay) return { ...plan, dataKey: old.dataKey, wrapped: rewrapped };
  const dataKey = randomBytes(suite.keyLength);
  return { ...plan, dataKey, wrapped: await wrapAll(dataKey) };
}

async function fateOf(
  wrapped: WrappedKey,
  old: Authentic,
  keyrings: readonly Keyring[],
  remove?: Change['remove'],
): Promise<Fated> {
  if (remove?.(wrapped)) return { wrapped, fate: 'goes' };
  if (!old.sealed.header.suite.signature || ignoresContext(wrapped)) return { wrapped, fate: 'stays' };
  for (const owner of keyrings) if (await opens(owner, wrapped, old)) return { wrapped, fate: 'again', owner };
  return { wrapped, fate: 'lost' };
}

async function opens(keyring: Keyring, wrapped: WrappedKey, { sealed, context, dataKey }: Authentic) {
  const opened = await keyring.unwrap([wrapped], sealed.header.suite, context).catch(() => undefined);
  return opened !== undefined && Buffer.compare(opened, dataKey) === 0;
}

async function wrapFated({ wrapped, fate, owner }: Fated, key: DataKey): Promise<WrappedKey[]> {
  if (fate === 'stays') return [wrapped];
  return (await owner?.wrap(key)) ?? [];
}

/**
 * Whether the body may stay behind another header. A header's tag is AES-GCM under the content key; in version 2 its IV is fixed, and two tags under one IV give
 * away what GCM authenticates with, so that whoever has both messages can forge frames. A signature refuses those, as long as nobody can exchange the public
 * key in the context: as long as every wrapped key, old and new, is bound to it. In version 1 every header has an IV of its own.
 */
function mayKeepBody({ sealed: { header } }: Authentic, wrapped: readonly WrappedKey[]): boolean {
  if (header.suite.version === 1) return true;
  return header.suite.signature !== undefined && [...header.wrapped, ...wrapped].every(bindsContext);
}
