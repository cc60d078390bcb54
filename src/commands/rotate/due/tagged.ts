import type { SecretListEntry, SecretsManager } from '../../../aws/services.ts';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { decodeSchedule, type Schedule, scheduleTag, scheduleTagOf, standingOf } from '../../../rotation/schedule.ts';
import { stateIn } from '../../../rotation/state.ts';
import { rotate } from '../../../rotation/steps.ts';
import { everyItem } from '../../pages.ts';
import { sideBySide } from '../../side-by-side.ts';
import { currentSince } from '../current-since.ts';
import { type RotatorOptions, withRotator } from '../prepare.ts';

export type Reach = Pick<RotatorOptions, 'tls' | 'ca'>;

/** A secret whose time has come. */
export interface Due {
  readonly name: string;
  readonly why: 'due' | 'overdue' | 'cut off';
  /** The end of its window. */
  readonly until?: Date;
  rotate(): Promise<void>;
}

/** Secrets that keep their schedule in a tag, and are due. What was cut off is due whatever its schedule says. */
export async function dueByTag(context: Context, reach: Reach): Promise<Due[]> {
  const { secretsManager } = await context.clients();
  const Filters = [{ Key: 'tag-key' as const, Values: [scheduleTag] }];
  const listed = await everyItem(
    context.terminal,
    (NextToken) => secretsManager.listSecrets({ NextToken, MaxResults: 100, Filters }),
    (page) => page.SecretList,
  );
  // The filter is for keys that begin so, and the service's own rotation goes before ours.
  const own = listed.filter((secret) => scheduleTagOf(secret) !== undefined && !secret.RotationEnabled);
  const found = await sideBySide(own, (secret) => dueOf(context, secretsManager, secret, reach));
  return found.filter((due) => due !== undefined);
}

async function dueOf(
  context: Context,
  client: SecretsManager,
  secret: SecretListEntry,
  reach: Reach,
): Promise<Due | undefined> {
  const name = secret.Name!;
  const schedule = decodeSchedule(scheduleTagOf(secret)!);
  if (!schedule) return { name, why: 'due', rotate: () => Promise.reject(noSchedule(name)) };
  const rotate = () => rotateBy(context, secret, schedule, reach);
  const situation = stateIn(secret)?.situation;
  if (situation !== undefined && situation !== 'none' && situation !== 'left') return { name, why: 'cut off', rotate };
  const { isDue, isOverdue, closes } = standingOf(schedule, await currentSince(client, secret.ARN!), context.clock());
  return isDue ? { name, why: isOverdue ? 'overdue' : 'due', until: closes, rotate } : undefined;
}

/** Never by a command: whoever may write tags must not decide what runs here. */
async function rotateBy(
  context: Context,
  { ARN, Name }: SecretListEntry,
  { rotator, key }: Schedule,
  reach: Reach,
): Promise<void> {
  if (rotator === 'command') throw noSchedule(Name!);
  await withRotator(
    context,
    [ARN!],
    { rotator, passwordKey: key, ...reach },
    async ({ client, id, rotator: found, given }) => {
      await rotate(client, id, found, { given });
    },
  );
}

const noSchedule = (name: string) =>
  new UserError('usage', `the tag "${scheduleTag}" of secret "${name}" holds no schedule`, {
    hints: [`write it again: "latchkey rotate schedule ${name} --every 30d"`],
  });
