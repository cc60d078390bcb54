import { UserError } from '../../errors.ts';
import { type Rotator, type Surroundings, unchanged, type Versions } from '../rotator.ts';
import { type DatabaseSecret, databaseSecret, withKeys } from './database-secret.ts';
import type { Engine, Session } from './engine.ts';
import { newPassword } from './new-password.ts';
import { policyOf } from './policy.ts';
import { isRefused } from './trouble.ts';

/**
 * One user changes its own password. Whoever logs in between `set` and the moment AWSCURRENT moves, with what AWSCURRENT
 * says, is refused: that is the price of a single user.
 */
export const singleUser = (name: string, engine: Engine): Rotator => ({
  name,
  create: async ({ value }, given) => {
    databaseSecret(value, 'the current value');
    return withKeys(value, { password: await newPassword(given) });
  },
  set: async (versions, given) => {
    const session = await leavingUnchanged(() => enterToChange(engine, versions, given));
    if (!session) return;
    try {
      await session.changePassword(databaseSecret(versions.pending.value, 'the pending value').password);
    } finally {
      await session.end();
    }
  },
  test: async ({ value }, given) => (await engine.logIn(databaseSecret(value, 'the value'), given)).end(),
  policy: policyOf(engine),
});

/** Undefined where the pending password is good already: an earlier attempt came that far. */
async function enterToChange(engine: Engine, versions: Versions, given: Surroundings): Promise<Session | undefined> {
  const pending = databaseSecret(versions.pending.value, 'the pending value');
  const current = databaseSecret(versions.current.value, 'the current value');
  checkSame(current, pending);
  const already = await tryLogIn(engine, pending, given);
  if (already) return void (await already.end());
  const session = (await tryLogIn(engine, current, given)) ?? (await asBefore(engine, versions, given));
  if (session) return session;
  throw new UserError('denied', `no version of the secret logs in as "${current.username}"`, {
    hints: ['put the password that is good into the secret: "latchkey secret set"', 'then rotate again'],
  });
}

/** The password of AWSPREVIOUS, where it is the same user's: a rotation that AWS's own functions left half done. */
async function asBefore(engine: Engine, { current, previous }: Versions, given: Surroundings) {
  const before = previous && databaseSecret(previous.value, 'the previous value');
  const now = databaseSecret(current.value, 'the current value');
  const same = before?.username === now.username && before.host === now.host && before.port === now.port;
  return same ? tryLogIn(engine, before, given) : undefined;
}

/** Undefined where the server knows the user or password to be wrong. */
async function tryLogIn(engine: Engine, secret: DatabaseSecret, given: Surroundings) {
  return engine.logIn(secret, given).catch((error: unknown) => {
    if (isRefused(error)) return undefined;
    throw error;
  });
}

/** A pending value that somebody else has put there must not send a password to another place. */
function checkSame(current: DatabaseSecret, pending: DatabaseSecret): void {
  for (const key of ['engine', 'username', 'host', 'port'] as const) {
    if (current[key] === pending[key]) continue;
    throw new UserError('conflict', `the pending value has another ${key} than the current one`, {
      hints: ['take the pending value back: "latchkey rotate recover"'],
    });
  }
}

/** Whatever is thrown here, the current value is as good as it was. */
export async function leavingUnchanged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Error ? unchanged(error) : error;
  }
}
