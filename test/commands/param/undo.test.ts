import { beforeEach, describe, expect, it } from 'vitest';
import type { SecretsManager, Ssm } from '../../../src/aws/services.ts';
import { findCopy, keepCopies, putBack } from '../../../src/commands/param/undo.ts';
import { contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';

const name = '/app/a';
const where = { region: 'eu-west-1' };
let ssm: Ssm;
let secretsManager: SecretsManager;
beforeEach(async () => {
  ({ ssm, secretsManager } = await memoryClients());
});

const contextAt = (date: string) => {
  const { context } = contextOver({ ssm, secretsManager });
  return { ...context, clock: () => new Date(date) };
};

async function deleteWithUndo(): Promise<void> {
  await keepCopies(contextAt('2026-01-01'), { ssm, where, names: [name], days: 7 });
  await ssm.deleteParameter({ Name: name });
}

const policy = (Type: string, Attributes: object) => ({ Type, Version: '1.0', Attributes });

describe('a parameter that is put back', () => {
  it('is back whole, or not at all', async () => {
    await ssm.putParameter({ Name: name, Value: 'one', Type: 'String' });
    await ssm.putParameter({ Name: name, Value: 'two', Overwrite: true });
    await ssm.labelParameterVersion({ Name: name, Labels: ['stable'] });
    await deleteWithUndo();
    const context = contextAt('2026-01-02');
    const { copy } = await findCopy(context, { name, where });
    const denied = instead(ssm, { labelParameterVersion: refused('AccessDeniedException') });
    await expect(putBack(context, denied, name, copy)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(ssm.getParameter({ Name: name })).rejects.toMatchObject({ name: 'ParameterNotFound' });
    expect(await putBack(context, ssm, name, copy)).toBe(2);
  });

  it('says what is left where it can be neither whole nor gone', async () => {
    await ssm.putParameter({ Name: name, Value: 'one', Type: 'String' });
    await ssm.labelParameterVersion({ Name: name, Labels: ['stable'] });
    await deleteWithUndo();
    const context = contextAt('2026-01-02');
    const { copy } = await findCopy(context, { name, where });
    const denied = refused('AccessDeniedException');
    const client = instead(ssm, { labelParameterVersion: denied, deleteParameter: denied });
    await expect(putBack(context, client, name, copy)).rejects.toMatchObject({
      code: 'partial',
      message: expect.stringContaining('parameter "/app/a" is back only to its version 1'),
    });
  });

  it('leaves alone what someone else has made of the name', async () => {
    await ssm.putParameter({ Name: name, Value: 'one', Type: 'String' });
    await deleteWithUndo();
    const context = contextAt('2026-01-02');
    const { copy } = await findCopy(context, { name, where });
    await ssm.putParameter({ Name: name, Value: 'theirs', Type: 'String' });
    await expect(putBack(context, ssm, name, copy)).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect((await ssm.getParameter({ Name: name })).Parameter?.Value).toBe('theirs');
  });

  it.each([
    ['2026-01-02', ['Expiration', 'ExpirationNotification', 'NoChangeNotification']],
    ['2100-01-01', ['NoChangeNotification']],
  ])('on %s has the policies %j', async (date, types) => {
    const Policies = JSON.stringify([
      policy('Expiration', { Timestamp: '2099-01-31T00:00:00.000Z' }),
      policy('ExpirationNotification', { Before: '5', Unit: 'Days' }),
      policy('NoChangeNotification', { After: '9', Unit: 'Days' }),
    ]);
    await ssm.putParameter({ Name: name, Value: 'one', Type: 'String', Tier: 'Advanced', Policies });
    await deleteWithUndo();
    const { copy } = await findCopy(contextAt('2026-01-02'), { name, where });
    await putBack(contextAt(date), ssm, name, copy);
    const { Parameters } = await ssm.describeParameters({});
    expect(Parameters![0]!.Policies!.map(({ PolicyType }) => PolicyType)).toEqual(types);
  });
});
