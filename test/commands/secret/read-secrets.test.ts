import { beforeEach, describe, expect, it } from 'vitest';
import type { SecretsManager } from '../../../src/aws/services.ts';
import { readSecrets } from '../../../src/commands/secret/read-secrets.ts';
import { parseSecret } from '../../../src/reference/reference.ts';
import { instead, memoryClients, refused } from '../../helpers/memory-clients.ts';

let client: SecretsManager;
let arn: string;
beforeEach(async () => {
  client = (await memoryClients()).secretsManager;
  for (let index = 0; index < 41; index += 1) {
    await client.createSecret({ Name: `s${index}`, SecretString: `{"n": ${index}}` });
  }
  arn = (await client.describeSecret({ SecretId: 's7' })).ARN!;
});

const all = Array.from({ length: 41 }, (_, index) => `s${index}`);
const read = (names: string[], from = client) =>
  readSecrets(
    from,
    names.map((name) => parseSecret(name)),
  );

/** A client that counts its calls. */
function counted(inner: SecretsManager) {
  const calls: Record<string, number> = {};
  const proxy = new Proxy(inner, {
    get: (_, name: keyof SecretsManager) => {
      calls[name] = (calls[name] ?? 0) + 1;
      return inner[name];
    },
  });
  return { calls, proxy };
}

describe('readSecrets', () => {
  it('reads twenty at a time, each secret once, in the order asked for', async () => {
    const { calls, proxy } = counted(client);
    const values = await read([...all, 's3#n', 's3'], proxy);
    expect(values).toEqual([...all.map((_, index) => `{"n": ${index}}`), '3', '{"n": 3}']);
    expect(calls).toEqual({ batchGetSecretValue: 3 });
  });

  it('reads on where an answer has no room for all twenty', async () => {
    const half = instead(client, {
      async batchGetSecretValue({ SecretIdList, NextToken }: { SecretIdList: string[]; NextToken?: string }) {
        const { SecretValues = [] } = await client.batchGetSecretValue({ SecretIdList });
        return NextToken
          ? { SecretValues: SecretValues.slice(7) }
          : { SecretValues: SecretValues.slice(0, 7), NextToken: '7' };
      },
    });
    const { calls, proxy } = counted(half);
    expect(await read(all, proxy)).toEqual(all.map((_, index) => `{"n": ${index}}`));
    expect(calls).toEqual({ batchGetSecretValue: 6 });
  });

  it('has batches on their way at the same time', async () => {
    let [now, most] = [0, 0];
    const watching = instead(client, {
      async batchGetSecretValue(input: never) {
        now += 1;
        most = Math.max(most, now);
        return client.batchGetSecretValue(input).finally(() => {
          now -= 1;
        });
      },
    });
    await read(all, watching);
    expect(most).toBe(2); // the first of three goes alone
  });

  it('knows a secret by its ARN, with and without what AWS adds', async () => {
    expect(await read([arn, arn.slice(0, -7), `${arn}#n`])).toEqual(['{"n": 7}', '{"n": 7}', '7']);
  });

  it('reads one by one where batches are denied, and tries no second batch', async () => {
    let tried = 0;
    const batchGetSecretValue = () => {
      tried += 1;
      return refused('AccessDeniedException')();
    };
    const values = await read(all, instead(client, { batchGetSecretValue }));
    expect(values).toEqual(all.map((_, index) => `{"n": ${index}}`));
    expect(tried).toBe(1);
  });

  it('reads by itself what a batch leaves out, and gives back the error of each', async () => {
    const batchGetSecretValue = async () => ({ SecretValues: [], Errors: [{ SecretId: 's1' }] });
    expect(await read(['s0', 's1'], instead(client, { batchGetSecretValue }))).toEqual(['{"n": 0}', '{"n": 1}']);
    const denied = instead(client, { batchGetSecretValue, getSecretValue: refused('AccessDeniedException') });
    expect(await read(['s0'], denied)).toEqual([expect.objectContaining({ name: 'AccessDeniedException' })]);
  });

  it.each(['DecryptionFailure', 'InvalidParameterException', 'InvalidRequestException', 'ResourceNotFoundException'])(
    'reads one by one what a batch fails at for one of them, and goes on with the next: %s',
    async (name) => {
      let tried = 0;
      const refuse = refused(name);
      const failing = instead(client, {
        batchGetSecretValue: (input: never) => (++tried === 1 ? refuse() : client.batchGetSecretValue(input)),
        getSecretValue: (input: { SecretId: string }) =>
          input.SecretId === 's3' ? refuse() : client.getSecretValue(input),
      });
      const values = await read(all, failing);
      const expected = all.map((id, index) => (id === 's3' ? expect.objectContaining({ name }) : `{"n": ${index}}`));
      expect(values).toEqual(expected);
      expect(tried).toBe(3);
    },
  );

  it('fails as a whole where the service does', async () => {
    const broken = instead(client, { batchGetSecretValue: refused('InternalServiceError') });
    await expect(read(['s0', 's1'], broken)).rejects.toMatchObject({ name: 'InternalServiceError' });
  });
});
