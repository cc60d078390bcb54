import type { Command } from 'commander';
import { because } from '../../../aws/errors.ts';
import type { DescribeSecretResponse, SecretsManager } from '../../../aws/services.ts';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import { formatReference, type SecretReference } from '../../../reference/reference.ts';
import { scheduledForDeletion } from '../deletion.ts';
import { wholeSecret } from '../whole.ts';
import { readSource, requireUnchanged, type Source } from './source.ts';
import { storeNew, storeOver } from './store.ts';

export interface CarryOptions extends PlanOptions {
  overwrite?: boolean;
  kmsKey?: string;
}

/** Days in which a secret that was moved can still be restored where it was. */
const recoveryDays = 30;

export const addCarryOptions = (command: Command): Command =>
  addPlanOptions(command)
    .option('--overwrite', 'where it is there already: store the current value as its new version')
    .option(
      '--kms-key <key>',
      'the key that encrypts it there (default: the same in the same place, else the default key)',
    );

interface Carrying {
  from: SecretReference;
  /** As typed: a name, perhaps behind its place, or a place alone. */
  to: string;
  /** Whether the source goes when it has arrived. */
  isMove?: boolean;
}

/** Copies or moves a secret, after a plan where something could be lost by it. Prints the ARN of what is there then. */
export async function carry(context: Context, { from, to, isMove = false }: Carrying, options: CarryOptions) {
  const { secretsManager: here } = await context.clients(from.where);
  const source = await readSource(here, from);
  const target = /^(?:vault:|profile=[^:]+:|region=[^:]+:)+$/.test(to) ? `${to}${source.name}` : to;
  const { where, id } = wholeSecret(target);
  const { secretsManager: there } = await context.clients(where);
  const found = await find(there, id);
  requirePossible({ source, found, target, isMove, options });
  const key = options.kmsKey ?? (here === there && !found ? source.kmsKeyId : undefined);
  const lines = plan({ source, found, target, isMove, key });
  const question = isMove ? `Move secret "${source.name}"?` : `Overwrite secret "${target}"?`;
  const yes = options.yes || !(isMove || found);
  if (!(await confirmPlan(context, { lines, question }, { ...options, yes }))) return;
  const arn = await (found ? storeOver(there, found, source, key) : storeNew(there, id, source, key));
  if (isMove) await deleteSource(here, source, { from, target });
  await context.terminal.write(`${arn}\n`); // last: where nobody reads on, it ends here
  context.terminal.remark(`${isMove ? 'moved' : 'copied'} secret "${source.name}" to "${target}"`);
}

/** Once it has arrived. Throws code `partial` where it may not. */
async function deleteSource(
  client: SecretsManager,
  source: Source,
  { from, target }: { from: SecretReference; target: string },
) {
  await requireUnchanged(client, source);
  try {
    await client.deleteSecret({ SecretId: source.arn, RecoveryWindowInDays: recoveryDays });
  } catch (cause) {
    const message = `secret "${source.name}" is copied to "${target}", but not deleted${because(cause)}`;
    const name = formatReference(from).replace(/^secret:/, '');
    throw new UserError('partial', message, { hints: [`delete it: "latchkey secret delete ${name}"`], cause });
  }
}

/** What goes by this name; undefined where nothing does. */
async function find(client: SecretsManager, id: string): Promise<DescribeSecretResponse | undefined> {
  try {
    const found = await client.describeSecret({ SecretId: id });
    if (found.DeletedDate) throw scheduledForDeletion(found.Name!, found.DeletedDate);
    return found;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException' && !id.startsWith('arn:')) return undefined;
    throw error;
  }
}

interface Found {
  source: Source;
  found: DescribeSecretResponse | undefined;
  target: string;
  isMove: boolean;
}

/** Throws before anything is written. */
function requirePossible({ source, found, target, isMove, options }: Found & { options: CarryOptions }): void {
  if (found?.ARN === source.arn) throw new UserError('usage', `"${target}" is the same secret`);
  if (found && !options.overwrite) {
    throw new UserError('conflict', `secret "${target}" exists already`, {
      hints: ['nothing was changed; to store the value as its new version: --overwrite'],
    });
  }
  if (!isMove || source.bound === undefined) return;
  throw new UserError('conflict', `secret "${source.name}" ${source.bound}, and cannot be deleted here`, {
    hints: [`nothing was changed; see "latchkey secret replicate status ${source.name}", or copy it`],
  });
}

function plan({ source, found, target, isMove, key }: Found & { key: string | undefined }): string[] {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const stages = source.versions.flatMap((version) => version.stages).join(', ');
  const left = [...(found && source.versions.length > 1 ? ['its other versions'] : []), ...source.left];
  return [
    ...(found
      ? [
          `store the current value of secret "${source.name}" in secret "${target}", which is there`,
          'what is current there becomes AWSPREVIOUS: "latchkey secret rollback" brings it back',
        ]
      : [
          `make secret "${target}" of secret "${source.name}": ${count(source.versions.length, 'version')} (${stages})`,
        ]),
    ...(source.tags.length > 0 ? [`with ${count(source.tags.length, 'tag')}`] : []),
    ...(key ? [`encrypted with "${key}"`] : []),
    ...(left.length > 0 ? [`not copied: ${left.join(', ')}`] : []),
    ...(isMove ? [`delete secret "${source.name}", in ${recoveryDays} days; until then it can be restored`] : []),
  ];
}
