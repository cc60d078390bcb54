import type { WrappedKey } from '../../envelope/keyring.ts';
import { UserError } from '../../errors.ts';
import { whoOf } from './describe.ts';

/**
 * Whether somebody is one of those that `--remove` names: as `inspect` writes it, or by the key's name, the id in an ARN
 * or the provider alone. Each name is noted when it is met.
 */
export function namedIn(names: readonly string[], met: Set<string>): (wrapped: WrappedKey) => boolean {
  return (wrapped) => {
    const found = names.filter((name) => isNamed(wrapped, name));
    for (const name of found) met.add(name);
    return found.length > 0;
  };
}

function isNamed(wrapped: WrappedKey, name: string): boolean {
  const who = whoOf(wrapped);
  return who === name || who.endsWith(`/${name}`) || wrapped.provider === name;
}

/** Throws code `not-found` for a name that nobody has. */
export function requireMet(names: readonly string[], met: ReadonlySet<string>, said: string): void {
  const missing = names.find((name) => !met.has(name));
  if (missing === undefined) return;
  throw new UserError('not-found', `"${missing}" is none of those who can open ${said}`, {
    hints: ['nothing was changed; see who can: "latchkey inspect FILE"'],
  });
}
