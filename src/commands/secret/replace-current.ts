import { randomUUID } from 'node:crypto';
import type { SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import type { SecretValue } from './secret-value.ts';

interface Replacement {
  id: string;
  value: SecretValue;
  /** The id of the version that must still be current. */
  expected: string;
}

/**
 * Compare and set: makes `value` the current version if `expected` still is, and returns the new version's id.
 *
 * PutSecretValue would move AWSCURRENT whatever has happened since, so the new version goes under a stage of its own, and then
 * UpdateSecretVersionStage moves AWSCURRENT off `expected`, which fails when it sits elsewhere. Throws code `conflict`
 * then, with no stage left behind: a version without stages is as good as deleted.
 */
export async function replaceCurrent(client: SecretsManager, { id, value, expected }: Replacement): Promise<string> {
  const stage = `latchkey-${randomUUID()}`;
  const put = await client.putSecretValue({ SecretId: id, ...value, VersionStages: [stage] });
  const added = put.VersionId!;
  const move = { SecretId: id, VersionStage: 'AWSCURRENT', MoveToVersionId: added, RemoveFromVersionId: expected };
  const unstage = () =>
    client.updateSecretVersionStage({ SecretId: id, VersionStage: stage, RemoveFromVersionId: added });
  try {
    await client.updateSecretVersionStage(move);
  } catch (error) {
    const current = await currentVersion(client, id);
    // A retry after a lost answer fails too, since AWSCURRENT has moved already: to where it should.
    if (current !== added) {
      await unstage().catch(() => undefined);
      throw hasMovedOn(error, current, expected) ? movedOn(id, { current, expected, cause: error }) : error;
    }
  }
  await unstage().catch((cause) => {
    const message = `version ${added} of "${id}" is current, but its stage "${stage}" could not be removed`;
    throw new UserError('partial', message, { cause });
  });
  return added;
}

/** The version that is current; undefined where that cannot be seen: DescribeSecret has a permission of its own. */
async function currentVersion(client: SecretsManager, id: string): Promise<string | undefined> {
  const found = await client.describeSecret({ SecretId: id }).catch(() => undefined);
  const versions = Object.entries(found?.VersionIdsToStages ?? {});
  return versions.find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
}

function hasMovedOn(error: unknown, current: string | undefined, expected: string): boolean {
  if (current !== undefined) return current !== expected;
  return (error as Error).name === 'InvalidParameterException';
}

interface Race {
  current: string | undefined;
  expected: string;
  cause: unknown;
}

function movedOn(id: string, { current = 'another', expected, cause }: Race): UserError {
  const message = `secret "${id}" has moved on: expected version ${expected} to be current, and it is ${current}`;
  const hints = [`nothing was changed; see "latchkey secret versions ${id}" and try again`];
  return new UserError('conflict', message, { hints, cause });
}
