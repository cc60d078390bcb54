import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SecretsManager } from '../../../src/aws/services.ts';
import { replaceCurrent } from '../../../src/commands/secret/replace-current.ts';
import { instead, memoryClients, refused } from '../../helpers/memory-clients.ts';

async function secretWith(SecretString: string) {
  const { secretsManager: secrets } = await memoryClients();
  const { VersionId } = await secrets.createSecret({ Name: 'prod/db', SecretString });
  return { secrets, first: VersionId! };
}

type MoveStage = Parameters<SecretsManager['updateSecretVersionStage']>[0];

async function state(secrets: SecretsManager) {
  const { SecretString } = await secrets.getSecretValue({ SecretId: 'prod/db' });
  const { VersionIdsToStages } = await secrets.describeSecret({ SecretId: 'prod/db' });
  return { SecretString, stages: Object.values(VersionIdsToStages!).flat().sort() };
}

const replace = (secrets: SecretsManager, expected: string, SecretString = 'mine') =>
  replaceCurrent(secrets, { id: 'prod/db', value: { SecretString }, expected });

describe('replaceCurrent', () => {
  it('makes the value current and leaves no stage of its own', async () => {
    const { secrets, first } = await secretWith('old');
    const added = await replace(secrets, first);
    expect(await state(secrets)).toEqual({ SecretString: 'mine', stages: ['AWSCURRENT', 'AWSPREVIOUS'] });
    expect((await secrets.getSecretValue({ SecretId: 'prod/db', VersionId: added })).SecretString).toBe('mine');
  });

  it('loses a race cleanly: the value of the faster one stays, and no stage is left behind', async () => {
    const { secrets, first } = await secretWith('old');
    let theirs: string | undefined;
    const slow = instead(secrets, {
      async putSecretValue(input: { SecretId: string }) {
        const answer = await secrets.putSecretValue(input);
        theirs = (await secrets.putSecretValue({ SecretId: input.SecretId, SecretString: 'theirs' })).VersionId;
        return answer;
      },
    });
    const error = await replace(slow, first).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'conflict',
      message: `secret "prod/db" has moved on: expected version ${first} to be current, and it is ${theirs}`,
    });
    expect(await state(secrets)).toEqual({ SecretString: 'theirs', stages: ['AWSCURRENT', 'AWSPREVIOUS'] });
  });

  it('lets exactly one of many win', async () => {
    const { secrets, first } = await secretWith('old');
    const values = Array.from({ length: 8 }, (_, index) => `value ${index}`);
    const outcomes = await Promise.allSettled(values.map((value) => replace(secrets, first, value)));
    const winners = values.filter((_, index) => outcomes[index]!.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(new Set(lost)).toEqual(new Set(['conflict']));
    expect(await state(secrets)).toEqual({ SecretString: winners[0], stages: ['AWSCURRENT', 'AWSPREVIOUS'] });
  });

  it('says conflict for a version that is not there', async () => {
    const { secrets } = await secretWith('old');
    await expect(replace(secrets, randomUUID())).rejects.toMatchObject({ code: 'conflict' });
    expect(await state(secrets)).toEqual({ SecretString: 'old', stages: ['AWSCURRENT'] });
  });

  it('takes a move whose answer was lost, and that a retry then finds done, as done', async () => {
    const { secrets, first } = await secretWith('old');
    const retried = instead(secrets, {
      async updateSecretVersionStage(input: MoveStage) {
        if (input.VersionStage === 'AWSCURRENT') await secrets.updateSecretVersionStage(input);
        return secrets.updateSecretVersionStage(input);
      },
    });
    await replace(retried, first);
    expect(await state(secrets)).toEqual({ SecretString: 'mine', stages: ['AWSCURRENT', 'AWSPREVIOUS'] });
  });

  it('hands on any other error, and needs no DescribeSecret to call a lost race one', async () => {
    const { secrets, first } = await secretWith('old');
    const describeSecret = refused('AccessDeniedException');
    const denied = instead(secrets, { describeSecret, updateSecretVersionStage: refused('AccessDeniedException') });
    await expect(replace(denied, first)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const slow = instead(secrets, { describeSecret, updateSecretVersionStage: refused('InvalidParameterException') });
    await expect(replace(slow, first)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('says that it is done in part where its own stage cannot be removed', async () => {
    const { secrets, first } = await secretWith('old');
    const clumsy = instead(secrets, {
      updateSecretVersionStage: (input: MoveStage) =>
        input.MoveToVersionId ? secrets.updateSecretVersionStage(input) : refused('ThrottlingException')(),
    });
    await expect(replace(clumsy, first)).rejects.toMatchObject({ code: 'partial' });
    expect((await state(secrets)).SecretString).toBe('mine');
  });
});
