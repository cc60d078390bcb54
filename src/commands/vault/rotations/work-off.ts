import { randomUUID } from 'node:crypto';
import { byOperation } from '../../../aws/by-operation.ts';
import type { Clients, SecretsManager } from '../../../aws/services.ts';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { rotate } from '../../../rotation/steps.ts';
import { rootOf } from '../../../vault/caller.ts';
import type { Waiting } from '../../../vault/secretsmanager/waiting.ts';
import type { Vault } from '../../../vault/vault.ts';
import { withoutVaultKeys } from '../../exec/without-vault-keys.ts';
import { isProgram, type OwnRotator, type Program, standFor } from '../../rotate/functions.ts';
import { withRotator } from '../../rotate/prepare.ts';
import { environmentFor } from '../serve/variables.ts';
import { runProgram } from './run-program.ts';

export interface Works {
  readonly context: Context;
  readonly vault: Vault;
  /** Where a program finds the vault: the URL of a server. */
  url(): Promise<string>;
  readonly signal?: AbortSignal;
}

/**
 * Does a rotation that the vault waits for: by what stands for its function on this machine, and in no transaction, for
 * it may take minutes. Killed anywhere, it is taken up where it was left. Throws where it does not end with the new
 * version current.
 */
export async function workOff(works: Works, waiting: Waiting): Promise<void> {
  const stand = standFor(waiting.functionArn, works.context.environment);
  const client = clientFor(works.vault, waiting);
  const token = waiting.token ?? (await begin(client, waiting));
  if (isProgram(stand)) await runLent(works, waiting, stand, token);
  else await rotateWith(works, client, { arn: waiting.arn, token, stand });
  await requireCurrent(client, waiting, token);
}

/** Whoever rotates is the root of the secret's account. */
const clientFor = (vault: Vault, { account, region }: Waiting): SecretsManager =>
  byOperation('secretsManager', (operation, input) =>
    vault.handle({ service: 'secretsmanager', operation, input, region, caller: rootOf(account) }),
  );

/** The window of a schedule has opened. Of two that begin at once, the vault refuses one. */
async function begin(client: SecretsManager, { arn }: Waiting): Promise<string> {
  const token = randomUUID();
  await client.rotateSecret({ SecretId: arn, ClientRequestToken: token });
  return token;
}

/** The program has keys for as long as it runs. */
async function runLent({ vault, context, url, signal }: Works, waiting: Waiting, program: Program, token: string) {
  const key = vault.accessKeys.lend(waiting.account);
  try {
    const door = { url: await url(), region: waiting.region, ...key };
    const environment = {
      ...environmentFor(door, withoutVaultKeys(context.environment)),
      // The functions that AWS publishes look here, and nowhere else.
      SECRETS_MANAGER_ENDPOINT: door.url,
    };
    const { inIsTTY, errIsTTY } = context.terminal;
    const atTerminal = inIsTTY || errIsTTY;
    await runProgram({ program, environment, arn: waiting.arn, token, atTerminal, signal });
  } finally {
    vault.accessKeys.takeBack(key.accessKeyId);
  }
}

interface ByRotator {
  readonly arn: string;
  readonly token: string;
  readonly stand: OwnRotator;
}

/** By the same steps as "rotate now", with the token that the vault has given out. */
async function rotateWith(
  { context, signal }: Works,
  secretsManager: SecretsManager,
  { arn, token, stand }: ByRotator,
) {
  const there = { ...context, clients: async () => ({ secretsManager }) as Clients };
  const { rotator: name, passwordKey, tls = 'verify', ca } = stand;
  await withRotator(there, [arn], { rotator: name, passwordKey, tls, ca }, async ({ client, id, rotator, given }) => {
    await rotate(client, id, rotator, { given: { ...given, signal }, token });
  });
}

async function requireCurrent(client: SecretsManager, { arn, name }: Waiting, token: string): Promise<void> {
  const { VersionIdsToStages = {} } = await client.describeSecret({ SecretId: arn });
  if (VersionIdsToStages[token]?.includes('AWSCURRENT')) return;
  throw new UserError('partial', `what rotates "${name}" has ended, and AWSCURRENT has not moved`, {
    hints: [`see where it stands: "latchkey rotate status ${name}"`],
  });
}
