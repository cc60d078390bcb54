import type { SecretsManager } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { scheduleTagOf } from '../../rotation/schedule.ts';
import { everyItem } from '../pages.ts';
import { wholeSecret } from '../secret/whole.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Verb } from '../verb.ts';
import { currentSince } from './current-since.ts';
import { type Described, hasRotation, type Status, statusOf } from './status-of.ts';

interface Options extends ListOptions {
  all?: boolean;
}

const words = `
State is "ok", "running or cut off", "overtaken", "to be tidied" or "overdue"; Why says what stands behind it.

Examples:
  latchkey rotate status
  latchkey rotate status prod/db --output yaml`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('[name]', 'name or ARN of a secret (default: all that are rotated, or are stuck)')
      .option('--all', 'those, too, that nobody has ever rotated')
      .addHelpText('after', words),

  async run(context, [name], { all, ...options }) {
    const { where, id } = name === undefined ? {} : wholeSecret(name);
    const { secretsManager } = await context.clients(where);
    const found =
      id === undefined ? await list(context, secretsManager) : [await secretsManager.describeSecret({ SecretId: id })];
    const shown = id !== undefined || all ? found : found.filter(hasRotation);
    const statuses = await sideBySide(shown, async (secret) => {
      const since = scheduleTagOf(secret) === undefined ? undefined : await currentSince(secretsManager, secret.ARN!);
      return withAge(secretsManager, statusOf(secret, context.clock(), since));
    });
    const columns = ['Name', 'State', 'LastRotatedDate', 'NextRotationDate', 'Why'];
    await writeList(context.terminal, { columns, items: statuses, none: 'nothing is rotated' }, options);
  },
};

const list = ({ terminal }: Context, client: SecretsManager): Promise<Described[]> =>
  everyItem(
    terminal,
    (NextToken) => client.listSecrets({ NextToken, MaxResults: 100 }),
    (page) => page.SecretList,
  );

/** When the pending version was made, where that may be asked. */
async function withAge(client: SecretsManager, status: Status): Promise<Status> {
  if (status.PendingVersion === undefined) return status;
  const { Versions = [] } = await client
    .listSecretVersionIds({ SecretId: status.ARN, MaxResults: 100 })
    .catch(() => ({ Versions: [] }));
  const pending = Versions.find(({ VersionId }) => VersionId === status.PendingVersion);
  return { ...status, PendingSince: pending?.CreatedDate };
}
