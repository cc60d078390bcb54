import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SecretsManager } from '../../src/aws/services.ts';
import { UserError } from '../../src/errors.ts';
import { type Rotator, unchanged } from '../../src/rotation/rotator.ts';
import { type RotateOptions, rotate } from '../../src/rotation/steps.ts';
import { fakeService, givenForTests } from '../helpers/fake-service.ts';
import { instead, memoryClients } from '../helpers/memory-clients.ts';

async function secretOf(SecretString = 'first') {
  const { secretsManager: secrets } = await memoryClients();
  const { VersionId } = await secrets.createSecret({ Name: 'prod/db', SecretString });
  return { secrets, first: VersionId!, ...fakeService(SecretString) };
}

const turn = (secrets: SecretsManager, rotator: Rotator, options: Partial<RotateOptions> = {}) =>
  rotate(secrets, 'prod/db', rotator, { given: givenForTests, ...options });

const currentValue = async (secrets: SecretsManager, VersionStage = 'AWSCURRENT') =>
  (await secrets.getSecretValue({ SecretId: 'prod/db', VersionStage })).SecretString;

const stagesOf = async (secrets: SecretsManager) =>
  Object.values((await secrets.describeSecret({ SecretId: 'prod/db' })).VersionIdsToStages!)
    .flat()
    .sort();

/** By label: the version that has it. */
const labelsOf = async (secrets: SecretsManager): Promise<Record<string, string>> => {
  const { VersionIdsToStages } = await secrets.describeSecret({ SecretId: 'prod/db' });
  const pairs = Object.entries(VersionIdsToStages!).flatMap(([id, stages]) => stages.map((stage) => [stage, id]));
  return Object.fromEntries(pairs);
};

const settled = ['AWSCURRENT', 'AWSPREVIOUS'];

/** Dies before or after its call number `at`, of the service's and of the rotator's calls; never where `at` is 0. */
function mortal(secrets: SecretsManager, rotator: Rotator, at: number, when: 'before' | 'after') {
  const life = { calls: 0 };
  const dying = <T extends object>(whole: T): T =>
    new Proxy(whole, {
      get: (_, name) => {
        const call = whole[name as keyof T];
        if (typeof call !== 'function') return call;
        return async (...input: unknown[]) => {
          life.calls += 1;
          const mine = life.calls;
          if (at > 0 && (mine > at || (mine === at && when === 'before'))) throw new Error('killed');
          const answer = await call(...input);
          if (mine === at) throw new Error('killed');
          return answer;
        };
      },
    });
  return { secrets: dying(secrets), rotator: dying(rotator), life };
}

describe('rotate', () => {
  it('makes a version, sets, tests, and makes it current, and leaves no label of its own', async () => {
    const { secrets, rotator, service, first } = await secretOf();
    const steps: string[] = [];
    const token = randomUUID();
    const done = await turn(secrets, rotator, { token, onStep: (step, state) => steps.push(`${step} ${state}`) });
    expect(done).toMatchObject({ name: 'prod/db', version: token, previous: first, resumed: false });
    expect(steps.filter((step) => step.endsWith('done'))).toEqual(
      ['create', 'set', 'test', 'finish'].map((step) => `${step} done`),
    );
    expect([await currentValue(secrets), await currentValue(secrets, 'AWSPREVIOUS')]).toEqual(['password 1', 'first']);
    expect(await stagesOf(secrets)).toEqual(settled);
    expect(service.password).toBe('password 1');
  });

  const deaths = [
    ['before', false],
    ['after', false],
    ['before', true],
    ['after', true],
  ] as const;
  it.each(deaths)('killed %s any of its calls, it ends whole when run again (a rollback: %s)', async (when, back) => {
    for (let at = 1, died = true; died; at += 1) {
      const { secrets, rotator, service, first } = await secretOf();
      if (back) await turn(secrets, rotator);
      const before = await labelsOf(secrets);
      const once = mortal(secrets, rotator, at, when);
      died = await turn(once.secrets, once.rotator, { back }).then(
        () => false,
        () => true,
      );
      const stored = ['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'].map((one) =>
        currentValue(secrets, one).catch(() => {}),
      );
      expect(await Promise.all(stored)).toContain(service.password);
      if (!died) expect(at).toBeGreaterThan(12);
      const after = await labelsOf(secrets);
      const over = after.AWSCURRENT !== before.AWSCURRENT && Object.keys(after).sort().join() === settled.join();
      if (!over) await turn(secrets, rotator, { back });
      expect(await currentValue(secrets)).toBe(service.password);
      expect(await stagesOf(secrets)).toEqual(settled);
      expect(await currentValue(secrets, 'AWSPREVIOUS')).toBe(back ? 'password 1' : 'first');
      if (back) expect((await labelsOf(secrets)).AWSCURRENT).toBe(first);
    }
  });

  it('killed at any call of the run that takes up a killed one, it ends whole as well', async () => {
    for (let at = 9, died = true; died; at += 1) {
      const { secrets, rotator, service } = await secretOf();
      const once = mortal(secrets, rotator, at, 'after');
      died = await turn(once.secrets, once.rotator).then(
        () => false,
        () => true,
      );
      for (let again = 1, dead = true; dead; again += 1) {
        const next = mortal(secrets, rotator, again, 'after');
        dead = await turn(next.secrets, next.rotator).then(
          () => false,
          () => true,
        );
      }
      expect(await currentValue(secrets)).toBe(service.password);
      expect(await stagesOf(secrets)).toEqual(settled);
    }
  });

  it('lets one of two win that begin at once, and the other leaves nothing', async () => {
    const { secrets, rotator, service } = await secretOf();
    const slow = {
      ...rotator,
      create: async (...all: Parameters<Rotator['create']>) => {
        if (service.made === 0) {
          service.made += 1;
          await begun;
          return 'too late';
        }
        return rotator.create(...all);
      },
    };
    let both = () => {};
    const begun = new Promise<void>((resolve) => {
      both = resolve;
    });
    const loser = turn(secrets, slow);
    const holding = {
      ...rotator,
      async set(...all: Parameters<Rotator['set']>) {
        both();
        await expect(loser).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/was faster/) });
        await rotator.set(...all);
      },
    };
    await new Promise(setImmediate);
    await turn(secrets, holding);
    expect([await currentValue(secrets), service.password]).toEqual(['password 2', 'password 2']);
    expect(await stagesOf(secrets)).toEqual(settled);
  });

  it('gives up where somebody else was through while it made its value', async () => {
    const { secrets, rotator } = await secretOf();
    const slow = {
      ...rotator,
      create: async () => {
        await turn(secrets, rotator);
        return 'too late';
      },
    };
    await expect(turn(secrets, slow)).rejects.toMatchObject({ code: 'conflict', message: /has moved on/ });
    expect([await currentValue(secrets), await stagesOf(secrets)]).toEqual(['password 1', settled]);
  });

  it('overtakes nobody who moves AWSCURRENT meanwhile; the next run begins anew once that value logs in', async () => {
    const { secrets, rotator, service } = await secretOf();
    const disturbed = {
      ...rotator,
      async test() {
        await secrets.putSecretValue({ SecretId: 'prod/db', SecretString: 'by hand' });
      },
    };
    await expect(turn(secrets, disturbed)).rejects.toMatchObject({
      code: 'conflict',
      message: /somebody has made version/,
    });
    expect(await currentValue(secrets)).toBe('by hand');
    await expect(turn(secrets, rotator)).rejects.toMatchObject({ code: 'conflict', hints: [/rotate recover/] });
    service.password = 'by hand';
    await turn(secrets, rotator);
    expect([await currentValue(secrets), await stagesOf(secrets)]).toEqual(['password 2', settled]);
  });

  it('lets go of a value that the service has refused, and keeps one of which nothing is known', async () => {
    const { secrets, rotator } = await secretOf();
    const failing = (error: Error): Rotator => ({ ...rotator, set: () => Promise.reject(error) });
    const refused = unchanged(new UserError('denied', 'too short'));
    await expect(turn(secrets, failing(refused))).rejects.toMatchObject({ message: 'too short', hints: [] });
    expect(await stagesOf(secrets)).toEqual(['AWSCURRENT']);
    await expect(turn(secrets, failing(new UserError('unreachable', 'cut')))).rejects.toMatchObject({
      code: 'unreachable',
      hints: [/stays pending/, 'finish it, or back out: "latchkey rotate recover prod/db"'],
    });
    expect(await currentValue(secrets, 'AWSPENDING')).toBe('password 2');
    expect(await turn(secrets, rotator)).toMatchObject({ resumed: true });
    expect([await currentValue(secrets), await stagesOf(secrets)]).toEqual(['password 2', settled]);
  });

  it('keeps what it has taken up though the service refuses this time: an earlier run may have set it', async () => {
    const { secrets, rotator, service } = await secretOf();
    await expect(turn(secrets, { ...rotator, test: () => Promise.reject(new Error('killed')) })).rejects.toThrow();
    expect(service.password).toBe('password 1');
    const down = { ...rotator, set: () => Promise.reject(unchanged(new UserError('unreachable', 'no answer'))) };
    await expect(turn(secrets, down)).rejects.toMatchObject({
      code: 'unreachable',
      hints: [/stays pending/, /recover/],
    });
    expect(await currentValue(secrets, 'AWSPENDING')).toBe(service.password);
  });

  it('goes on with what an earlier run has made, where AWSPENDING was taken away from it', async () => {
    const { secrets, rotator, service } = await secretOf();
    await expect(turn(secrets, { ...rotator, test: () => Promise.reject(new Error('killed')) })).rejects.toThrow();
    const { AWSPENDING: RemoveFromVersionId } = await labelsOf(secrets);
    await secrets.updateSecretVersionStage({ SecretId: 'prod/db', VersionStage: 'AWSPENDING', RemoveFromVersionId });
    expect(await turn(secrets, rotator)).toMatchObject({ version: RemoveFromVersionId, resumed: true });
    expect([await currentValue(secrets), await stagesOf(secrets)]).toEqual([service.password, settled]);
  });

  it('leaves alone what a service of AWS rotates itself', async () => {
    const { secrets, rotator } = await secretOf();
    await secrets.createSecret({ Name: 'rds!db-0123', SecretString: 'x' });
    await expect(rotate(secrets, 'rds!db-0123', rotator, { given: givenForTests })).rejects.toMatchObject({
      code: 'usage',
      message: 'secret "rds!db-0123" is managed by rds, which rotates it and nobody else can',
    });
  });

  it('takes up what RotateSecret has begun: a version without a value', async () => {
    const { secrets, rotator } = await secretOf();
    const ClientRequestToken = randomUUID();
    const RotationLambdaARN = 'arn:aws:lambda:eu-west-1:123456789012:function:rotate';
    await secrets.rotateSecret({ SecretId: 'prod/db', ClientRequestToken, RotationLambdaARN });
    expect(await turn(secrets, rotator)).toMatchObject({ version: ClientRequestToken, resumed: true });
    expect([await currentValue(secrets), await stagesOf(secrets)]).toEqual(['password 1', settled]);
  });

  it('begins where AWSPENDING was left on the current version', async () => {
    const { secrets, rotator, first } = await secretOf();
    await secrets.updateSecretVersionStage({ SecretId: 'prod/db', VersionStage: 'AWSPENDING', MoveToVersionId: first });
    expect(await turn(secrets, rotator)).toMatchObject({ previous: first, resumed: false });
    expect(await stagesOf(secrets)).toEqual(settled);
  });

  it('takes a move whose answer was lost, and that fails when made again, as made', async () => {
    const { secrets, rotator } = await secretOf();
    const retried = instead(secrets, {
      async updateSecretVersionStage(input: Parameters<SecretsManager['updateSecretVersionStage']>[0]) {
        await secrets.updateSecretVersionStage(input);
        return secrets.updateSecretVersionStage(input);
      },
    });
    await turn(retried, rotator);
    expect([await currentValue(secrets), await stagesOf(secrets)]).toEqual(['password 1', settled]);
  });

  it('waits until the service shows what was written', async () => {
    const { secrets, rotator } = await secretOf();
    let stale = 2;
    const late = instead(secrets, {
      async getSecretValue(input: { SecretId: string; VersionId: string }) {
        const isLate = (await currentValue(secrets)) === 'first' && input.VersionId !== undefined && stale-- > 0;
        if (isLate) throw Object.assign(new Error(), { name: 'ResourceNotFoundException' });
        return secrets.getSecretValue(input);
      },
    });
    await turn(late, rotator);
    expect([stale < 0, await currentValue(secrets)]).toEqual([true, 'password 1']);
  });

  it('goes back to the version before, with the service, and forward again', async () => {
    const { secrets, rotator, service, first } = await secretOf();
    await turn(secrets, rotator);
    expect(await turn(secrets, rotator, { back: true })).toMatchObject({ version: first });
    expect([await currentValue(secrets), service.password, await stagesOf(secrets)]).toEqual([
      'first',
      'first',
      settled,
    ]);
    await turn(secrets, rotator, { back: true });
    expect([await currentValue(secrets), service.password]).toEqual(['password 1', 'password 1']);
  });

  it('does not go on with a rollback as if it were a rotation, nor the other way about', async () => {
    const { secrets, rotator } = await secretOf();
    await turn(secrets, rotator);
    const cut = { ...rotator, set: () => Promise.reject(new Error('cut')) };
    await expect(turn(secrets, cut, { back: true })).rejects.toThrow('cut');
    await expect(turn(secrets, rotator)).rejects.toMatchObject({ code: 'conflict', message: /^a rollback of secret/ });
    await turn(secrets, rotator, { back: true });
    await expect(turn(secrets, cut)).rejects.toThrow('cut');
    await expect(turn(secrets, rotator, { back: true })).rejects.toMatchObject({ message: /^a rotation of secret/ });
  });

  it('says what cannot be rotated: no version before, a binary value', async () => {
    const { secrets, rotator } = await secretOf();
    await expect(turn(secrets, rotator, { back: true })).rejects.toMatchObject({ code: 'not-found' });
    await secrets.putSecretValue({ SecretId: 'prod/db', SecretBinary: Buffer.from('x') });
    await expect(turn(secrets, rotator)).rejects.toMatchObject({ code: 'usage', message: /is binary/ });
  });
});
