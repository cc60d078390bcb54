import type { Context } from '../../../context.ts';
import type { Vault } from '../../../vault/vault.ts';
import type { Runner } from '../rotations/runner.ts';

/** Milliseconds until the first look: what waits has waited before, and whoever started the server comes first. */
const patience = 1000;

/** Works off rotations for as long as a server runs; what does it is loaded when it has something to do. */
export function watchRotations(context: Context, vault: Vault, url: string): { close(): Promise<void> } {
  let runner: Promise<Runner> | undefined;

  async function wake(): Promise<void> {
    if (runner) return (await runner).wake();
    runner = import('../rotations/runner.ts').then(({ startRunner }) =>
      startRunner({ context, vault, url: async () => url }),
    );
  }

  const first = setTimeout(wake, patience).unref();
  vault.onRotateSecret(wake);
  return {
    async close() {
      clearTimeout(first);
      await (await runner)?.close();
    },
  };
}
