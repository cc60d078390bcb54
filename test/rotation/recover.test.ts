import { describe, expect, it } from 'vitest';
import type { SecretsManager } from '../../src/aws/services.ts';
import { UserError } from '../../src/errors.ts';
import { planRecovery, recover } from '../../src/rotation/recover.ts';
import type { Rotator } from '../../src/rotation/rotator.ts';
import { rotate } from '../../src/rotation/steps.ts';
import { fakeService, givenForTests as given } from '../helpers/fake-service.ts';
import { memoryClients } from '../helpers/memory-clients.ts';

const SecretId = 'prod/db';

async function secretOf() {
  const { secretsManager: secrets } = await memoryClients();
  const { VersionId } = await secrets.createSecret({ Name: SecretId, SecretString: 'first' });
  return { secrets, first: VersionId!, ...fakeService('first') };
}

const cutOff = () => Promise.reject(new Error('killed'));

/** Begins a rotation that is cut off at `step`: before it, or after it where `late`. */
async function cutAt(secrets: SecretsManager, rotator: Rotator, step: 'set' | 'test' | 'finish') {
  await rotate(secrets, SecretId, { ...rotator, [step]: cutOff }, { given }).catch(() => {});
}

async function state(secrets: SecretsManager) {
  const { SecretString } = await secrets.getSecretValue({ SecretId });
  const { VersionIdsToStages } = await secrets.describeSecret({ SecretId });
  return [SecretString, Object.values(VersionIdsToStages!).flat().sort().join()];
}

const plan = (secrets: SecretsManager, rotator: Rotator, way?: 'finish' | 'back-out') =>
  planRecovery(secrets, SecretId, rotator, { given, way });

async function recovered(secrets: SecretsManager, rotator: Rotator, way?: 'finish' | 'back-out') {
  const found = await plan(secrets, rotator, way);
  await recover(secrets, found!, rotator, { given });
  return found!.way;
}

const [whole, before] = ['AWSCURRENT,AWSPREVIOUS', 'AWSCURRENT'];

describe('recovery', () => {
  it('has nothing to do where nothing is pending', async () => {
    const { secrets, rotator } = await secretOf();
    expect(await plan(secrets, rotator)).toBeUndefined();
    await rotate(secrets, SecretId, rotator, { given });
    expect(await plan(secrets, rotator)).toBeUndefined();
  });

  it('backs out while the service has the old value, and finishes once it has the new one', async () => {
    const { secrets, rotator, service } = await secretOf();
    await cutAt(secrets, rotator, 'set');
    expect(await recovered(secrets, rotator)).toBe('back-out');
    expect(await state(secrets)).toEqual(['first', before]);
    await cutAt(secrets, rotator, 'test');
    expect(await recovered(secrets, rotator)).toBe('finish');
    expect(await state(secrets)).toEqual([service.password, whole]);
  });

  it('goes the other way where that is asked for, with the service', async () => {
    const { secrets, rotator, service } = await secretOf();
    await cutAt(secrets, rotator, 'test');
    expect(service.password).toBe('password 1');
    expect(await recovered(secrets, rotator, 'back-out')).toBe('back-out');
    expect([service.password, ...(await state(secrets))]).toEqual(['first', 'first', before]);
    await cutAt(secrets, rotator, 'set');
    expect(await recovered(secrets, rotator, 'finish')).toBe('finish');
    expect([service.password, ...(await state(secrets))]).toEqual(['password 2', 'password 2', whole]);
  });

  it('takes away the labels that are left once AWSCURRENT has moved', async () => {
    const { secrets, rotator } = await secretOf();
    await cutAt(secrets, rotator, 'finish');
    await expect(plan(secrets, rotator, 'back-out')).rejects.toMatchObject({ code: 'conflict' });
    expect(await recovered(secrets, rotator)).toBe('finish');
    expect(await state(secrets)).toEqual(['password 1', whole]);
  });

  it('keeps what somebody has made current meanwhile, and makes the service accept that', async () => {
    const { secrets, rotator, service } = await secretOf();
    await cutAt(secrets, rotator, 'test');
    await secrets.putSecretValue({ SecretId, SecretString: 'by hand' });
    await expect(plan(secrets, rotator, 'finish')).rejects.toMatchObject({ code: 'conflict' });
    expect(await recovered(secrets, rotator)).toBe('back-out');
    expect([service.password, ...(await state(secrets))]).toEqual(['by hand', 'by hand', whole]);
  });

  it('lets go of a version that has no value yet, and of labels alone', async () => {
    const { secrets, rotator, first } = await secretOf();
    const RotationLambdaARN = 'arn:aws:lambda:eu-west-1:123456789012:function:rotate';
    await secrets.rotateSecret({ SecretId, RotationLambdaARN });
    expect(await recovered(secrets, rotator)).toBe('back-out');
    expect(await state(secrets)).toEqual(['first', before]);
    await secrets.updateSecretVersionStage({ SecretId, VersionStage: 'AWSPENDING', MoveToVersionId: first });
    expect(await recovered(secrets, rotator)).toBe('tidy');
    const stage = `latchkey-rotate-from-${first}-0123abcd`;
    await secrets.putSecretValue({ SecretId, SecretString: 'lost', VersionStages: [stage] });
    expect(await recovered(secrets, rotator)).toBe('tidy');
    expect(await state(secrets)).toEqual(['first', before]);
  });

  it('ends a rollback that was cut off as one', async () => {
    const { secrets, rotator, service } = await secretOf();
    await rotate(secrets, SecretId, rotator, { given });
    await rotate(secrets, SecretId, { ...rotator, test: cutOff }, { given, back: true }).catch(() => {});
    expect(await recovered(secrets, rotator)).toBe('finish');
    expect([service.password, ...(await state(secrets))]).toEqual(['first', 'first', whole]);
  });

  it('decides nothing while the service does not answer', async () => {
    const { secrets, rotator } = await secretOf();
    await cutAt(secrets, rotator, 'set');
    const down = { ...rotator, test: () => Promise.reject(new UserError('unreachable', 'no answer')) };
    await expect(plan(secrets, down)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
