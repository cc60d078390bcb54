import { because } from '../../aws/errors.ts';
import type { DescribeSecretResponse } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { day } from '../day.ts';
import type { Verb } from '../verb.ts';
import { scheduledForDeletion } from './deletion.ts';
import { wholeSecret } from './whole.ts';

interface Options extends PlanOptions {
  recoveryDays: number;
  force?: boolean;
  replicas?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<name>', 'name or ARN of a secret')
      .option('--recovery-days <days>', 'how long it can still be restored, 7 to 30', readDays, 30)
      .option('--replicas', 'its replicas, too, at once and for good: they block the deletion')
      .addOption(command.createOption('--force', 'at once and for good, with no way back').conflicts('recoveryDays'))
      .addHelpText('after', '\nExample:\n  latchkey secret delete prod/db --recovery-days 7'),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const secret = await secretsManager.describeSecret({ SecretId: id });
    if (secret.DeletedDate && !options.force) throw scheduledForDeletion(secret.Name!, secret.DeletedDate);
    if (secret.ReplicationStatus?.length && !options.replicas) throw blocked(secret);
    const lines = plan(secret, options, context.clock());
    if (!(await confirmPlan(context, { lines, question: `Delete secret "${secret.Name}"?` }, options))) return;
    const regions = (secret.ReplicationStatus ?? []).map(({ Region }) => Region!);
    if (regions.length > 0 && options.replicas) {
      await secretsManager.removeRegionsFromReplication({ SecretId: secret.ARN, RemoveReplicaRegions: regions });
    }
    const how = options.force ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: options.recoveryDays };
    const deletion = secretsManager.deleteSecret({ SecretId: secret.ARN, ...how });
    const { DeletionDate } = await (regions.length > 0 ? deletion.catch(halfDone(secret.Name!)) : deletion);
    context.terminal.remark(done(secret.Name!, DeletionDate, options));
  },
};

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 7 && days <= 30) return days;
  throw new UserError('usage', `--recovery-days expects 7 to 30 days, got "${text}"`, {
    hints: ['to delete it at once, with no way back: --force'],
  });
}

function plan(secret: DescribeSecretResponse, { force, recoveryDays }: Options, now: Date): string[] {
  const goes = new Date(now.getTime() + recoveryDays * 86_400_000);
  const window = force
    ? 'at once and for good: it cannot be restored'
    : `in ${recoveryDays} days, on ${day(goes)}; until then it can be restored`;
  const replicas = (secret.ReplicationStatus ?? []).map(
    ({ Region }) => `delete its replica in ${Region} first, at once and for good`,
  );
  return [`delete secret "${secret.Name}" with all versions`, window, ...replicas];
}

const blocked = ({ Name, ReplicationStatus = [] }: DescribeSecretResponse) =>
  new UserError(
    'conflict',
    `secret "${Name}" has replicas in ${ReplicationStatus.map((one) => one.Region).join(', ')}`,
    {
      hints: ['nothing was deleted; to delete them, too: --replicas'],
    },
  );

const halfDone = (name: string) => (cause: unknown) => {
  throw new UserError('partial', `secret "${name}" has no replicas any more, but is not deleted${because(cause)}`, {
    hints: [`see "latchkey secret replicate status ${name}", then delete it again`],
    cause,
  });
};

function done(name: string, date: Date | undefined, { force }: Options): string {
  if (force || !date) return `deleted secret "${name}"`;
  return `secret "${name}" goes on ${day(date)}; bring it back with "latchkey secret restore ${name}"`;
}
