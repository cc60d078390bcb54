import { UserError } from '../../errors.ts';
import type { Rotator, Surroundings, Versions } from '../rotator.ts';
import { type DatabaseSecret, databaseSecret, withDefaults, withKeys } from './database-secret.ts';
import type { Engine, Session } from './engine.ts';
import { newPassword } from './new-password.ts';
import { policyOf } from './policy.ts';
import { leavingUnchanged } from './single-user.ts';

const suffix = '_clone';

/**
 * Two users take turns: the one that nobody uses gets a new password, and then its name goes into the secret. What
 * AWSCURRENT said before stays good until the next rotation. The names are those that AWS's own functions give.
 */
export const alternatingUsers = (name: string, engine: Engine): Rotator => ({
  name,
  create: async ({ value }, given) => {
    const { username } = databaseSecret(value, 'the current value');
    return withKeys(value, { username: otherName(username, engine), password: await newPassword(given) });
  },
  // Whatever goes wrong here, the current user's password is what it was.
  set: (versions, given) => leavingUnchanged(() => provide(engine, versions, given)),
  test: async ({ value }, given) => (await engine.logIn(databaseSecret(value, 'the value'), given)).end(),
  policy: policyOf(engine),
});

function otherName(username: string, { longestName }: Engine): string {
  if (username.endsWith(suffix)) return username.slice(0, -suffix.length);
  if (Buffer.byteLength(username + suffix) <= longestName) return username + suffix;
  throw new UserError(
    'usage',
    `"${username}${suffix}" is longer than the ${longestName} bytes a user's name may have`,
    {
      hints: ['rotate with a single user: --rotator postgres or mysql, without "masterarn"'],
    },
  );
}

/** Whole each time: a user that logs in may still lack what an earlier attempt did not come to grant. */
async function provide(engine: Engine, { current, pending }: Versions, given: Surroundings): Promise<void> {
  const from = databaseSecret(current.value, 'the current value');
  const to = databaseSecret(pending.value, 'the pending value');
  checkPair(from, to, engine);
  const like = await accountOf(await engine.logIn(from, given));
  const admin = await enterAsAdmin(engine, from, given);
  try {
    await admin.provide(to.username, to.password, like);
  } finally {
    await admin.end();
  }
}

async function accountOf(session: Session): Promise<string> {
  try {
    return await session.account();
  } finally {
    await session.end();
  }
}

function checkPair(from: DatabaseSecret, to: DatabaseSecret, engine: Engine): void {
  const wrong = (['engine', 'host', 'port'] as const).find((key) => from[key] !== to[key]);
  const what = wrong ?? (to.username === otherName(from.username, engine) ? undefined : 'username');
  if (what === undefined) return;
  throw new UserError('conflict', `the pending value has another ${what} than the current one calls for`, {
    hints: ['take the pending value back: "latchkey rotate recover"'],
  });
}

/** The administrator is one of the same server. */
async function enterAsAdmin(engine: Engine, secret: DatabaseSecret, given: Surroundings): Promise<Session> {
  if (secret.masterarn === undefined) {
    throw new UserError('usage', 'two users that take turns need an administrator', {
      hints: ['name its secret under the key "masterarn": "latchkey secret set"'],
    });
  }
  const admin = adminOf(await given.readSecret(secret.masterarn), secret);
  if (admin.host === secret.host && admin.port === secret.port) return engine.logIn(admin, given);
  throw new UserError(
    'conflict',
    `the administrator's secret is for ${admin.host}:${admin.port}, the secret's own for ${secret.host}:${secret.port}`,
  );
}

/** Secrets of administrators that RDS manages hold no more than a name and a password: the rest is the user's. */
function adminOf(value: string, { engine, host, port, dbname }: DatabaseSecret): DatabaseSecret {
  return databaseSecret(withDefaults(value, { engine, host, port, dbname }), "the administrator's secret");
}
