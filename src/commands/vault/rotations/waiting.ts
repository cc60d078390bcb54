import type { SessionFlags } from '../../../aws/session.ts';
import type { Context } from '../../../context.ts';
import type { Server } from '../../../vault/serve/server.ts';
import type { Vault } from '../../../vault/vault.ts';
import type { Due } from '../../rotate/due/tagged.ts';
import { withVault } from '../open.ts';
import { start } from '../serve/start.ts';
import { workOff } from './work-off.ts';

/** Hands over what the vault waits for, in all of its Regions. Programs find the vault behind a port that only they know. */
export const withWaiting = <T>(context: Context, options: SessionFlags, work: (all: Due[]) => Promise<T>): Promise<T> =>
  withVault(context, options, async (vault) => {
    const door = doorOf(context, vault);
    try {
      const all = await vault.waitingRotations();
      return await work(
        all.map((waiting) => ({
          name: waiting.name,
          why: waiting.token === undefined ? 'due' : 'cut off',
          rotate: () => workOff({ context, vault, url: door.url }, waiting),
        })),
      );
    } finally {
      await door.close();
    }
  });

/** A server that starts when somebody first needs it. */
function doorOf(context: Context, vault: Vault) {
  let server: Promise<Server> | undefined;
  return {
    async url(): Promise<string> {
      server ??= start(context, vault, { port: 0 }).then((started) => started.server);
      return (await server).url;
    },
    close: async () => (await server)?.close(),
  };
}
