import type { SecretListEntry, SecretsManager } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { progressOf } from '../../output/progress.ts';
import { everyItem } from '../pages.ts';
import { readSecrets } from '../secret/read-secrets.ts';
import type { Entries, Entry } from './entries.ts';

/** The current values of all secrets whose names begin with `path`, side by side; names without the path. */
export async function readSecretTree(
  terminal: Terminal,
  client: SecretsManager,
  path: string,
): Promise<Pick<Entries, 'shape' | 'entries' | 'failed'>> {
  const names = (await listBelow(terminal, client, path)).map(({ Name }) => Name!);
  if (names.length === 0) {
    throw new UserError('not-found', `there is no secret below "${path}"`, {
      hints: [`see what there is: "latchkey secret list --filter name=${path}"`],
    });
  }
  const progress = progressOf(terminal, 'reading secrets', names.length);
  const references = names.map((id) => ({ kind: 'secret', id }) as const);
  const values = await readSecrets(client, references, progress).finally(progress.end);
  const entries: Entry[] = [];
  const failed: Entries['failed'] = [];
  for (const [index, value] of values.entries()) {
    if (value instanceof Error) failed.push({ name: names[index]!, error: value });
    else entries.push({ name: names[index]!.slice(path.length), value });
  }
  return { shape: 'tree', entries, failed };
}

/** What is known of the secrets whose names begin with `path`; no values. */
export async function listBelow(terminal: Terminal, client: SecretsManager, path: string): Promise<SecretListEntry[]> {
  const Filters = path === '' ? undefined : [{ Key: 'name' as const, Values: [path] }];
  const found = await everyItem(
    terminal,
    (NextToken) => client.listSecrets({ Filters, MaxResults: 100, NextToken }),
    (page) => page.SecretList,
  );
  return found.filter(({ Name }) => Name!.startsWith(path));
}
