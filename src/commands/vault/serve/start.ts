import { randomBytes } from 'node:crypto';
import { vaultRegionOf } from '../../../aws/session.ts';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import type { Server } from '../../../vault/serve/server.ts';
import { createVault, type Vault } from '../../../vault/vault.ts';
import { openPlace } from '../open.ts';
import type { Options } from './options.ts';
import type { Door } from './variables.ts';

/** The vault to serve: one in memory, or the one that the session names. */
export async function vaultFor(context: Context, options: Options): Promise<Vault> {
  if (!options.ephemeral) return openPlace(context, options);
  const { account = '000000000000' } = options;
  return createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account, clock: context.clock });
}

/** A server that lets in the vault's own access keys, and one made for this run. */
export async function start(context: Context, vault: Vault, options: Options): Promise<{ server: Server; door: Door }> {
  const { startServer } = await import('../../../vault/serve/server.ts');
  const { authenticateAnyone, authenticateSigned } = await import('../../../vault/serve/authenticate.ts');
  const { account } = vault.header;
  const region = vaultRegionOf(options, context.environment);
  const own = vault.accessKeys.lend();
  const { find } = vault.accessKeys;
  if (options.allowUnsigned)
    context.terminal.say('latchkey: warning: signatures are not checked: whoever reaches this port reads the vault');
  const server = await startServer({
    vault,
    port: options.port,
    resetPath: options.resetPath,
    authenticate: options.allowUnsigned
      ? (request) =>
          authenticateAnyone({ account, region, find, clock: context.clock, accessKeyId: own.accessKeyId }, request)
      : (request, service) => authenticateSigned({ find, clock: context.clock }, request, service),
    onFailure: (error) =>
      context.terminal.say(`latchkey: error: ${error instanceof Error ? error.name : typeof error}`),
  }).catch((error) => {
    throw portError(error, options.port);
  });
  return { server, door: { url: server.url, region, ...own } };
}

function portError(error: NodeJS.ErrnoException, port: number): unknown {
  if (error.code === 'EADDRINUSE') {
    return new UserError('conflict', `port ${port} is in use`, {
      hints: ['leave out --port for any free one'],
      cause: error,
    });
  }
  if (error.code === 'EACCES') {
    return new UserError('denied', `you may not listen on port ${port}`, {
      hints: ['choose one above 1023'],
      cause: error,
    });
  }
  return error;
}
