import { expect, it } from 'vitest';
import { verb } from '../../../src/commands/secret/delete.ts';
import { contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';

it('says what is gone and what is not where only the replicas could be deleted', async () => {
  const { secretsManager } = await memoryClients();
  const AddReplicaRegions = [{ Region: 'us-west-2' }];
  await secretsManager.createSecret({ Name: 'db', SecretString: 'x', AddReplicaRegions });
  const { context } = contextOver({
    secretsManager: instead(secretsManager, { deleteSecret: refused('AccessDeniedException') }),
  });
  await expect(verb.run(context, ['db'], { yes: true, replicas: true, recoveryDays: 30 })).rejects.toMatchObject({
    code: 'partial',
    message: 'secret "db" has no replicas any more, but is not deleted',
  });
});
