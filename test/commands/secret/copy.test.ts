import { beforeEach, describe, expect, it } from 'vitest';
import type { SecretsManager } from '../../../src/aws/services.ts';
import { verb as copy } from '../../../src/commands/secret/copy.ts';
import { verb as move } from '../../../src/commands/secret/move.ts';
import type { Context } from '../../../src/context.ts';
import { instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

/** Two places: the session's own, and the vault. */
let here: SecretsManager;
let there: SecretsManager;
beforeEach(async () => {
  here = (await memoryClients()).secretsManager;
  there = (await memoryClients()).secretsManager;
  await here.createSecret({ Name: 'db', SecretString: 'one' });
  await here.putSecretValue({ SecretId: 'db', SecretString: 'two' });
});

function context(tty = false, answers: string[] = []) {
  const terminal = terminalForTests({ tty, answers });
  const clients = async (where?: { vault?: boolean }) => ({ secretsManager: where?.vault ? there : here });
  return { terminal, clients, environment: {}, clock: () => new Date() } as unknown as Context & {
    terminal: typeof terminal;
  };
}

const textOf = async (client: SecretsManager, id: string, VersionStage?: string) =>
  (await client.getSecretValue({ SecretId: id, VersionStage })).SecretString;
const isThere = (client: SecretsManager, id: string) =>
  client.describeSecret({ SecretId: id }).then(
    ({ DeletedDate }) => DeletedDate === undefined,
    () => false,
  );

describe('copy', () => {
  it('goes to another place, under the ids that versions have', async () => {
    await copy.run(context(), ['db', 'vault:'], {});
    expect(await textOf(there, 'db')).toBe('two');
    const versions = async (client: SecretsManager) =>
      (await client.describeSecret({ SecretId: 'db' })).VersionIdsToStages;
    expect(await versions(there)).toEqual(await versions(here));
  });

  it('keeps the key in the same place alone', async () => {
    const inner = here;
    const described = instead(inner, {
      describeSecret: async (input: { SecretId: string }) => ({
        ...(await inner.describeSecret(input)),
        KmsKeyId: 'alias/app',
      }),
    });
    const keys: unknown[] = [];
    const noting = (client: SecretsManager) =>
      instead(client, {
        createSecret: (input: { KmsKeyId?: string }) => {
          keys.push(input.KmsKeyId);
          return client.createSecret({ ...input, KmsKeyId: undefined } as never);
        },
      });
    [here, there] = [noting(described), noting(there)];
    await copy.run(context(), ['db', 'same'], {});
    await copy.run(context(), ['db', 'vault:db'], {});
    await copy.run(context(), ['db', 'vault:other'], { kmsKey: 'alias/there' });
    expect(keys).toEqual(['alias/app', undefined, 'alias/there']);
  });

  it('says what stays behind', async () => {
    const policied = instead(here, { getResourcePolicy: async () => ({ ResourcePolicy: '{}' }) });
    here = policied;
    const given = context();
    await copy.run(given, ['db', 'other'], { dryRun: true });
    expect(given.terminal.said).toContain('not copied: its policy');
    here = instead(policied, { getResourcePolicy: refused('AccessDeniedException') });
    await expect(copy.run(context(), ['db', 'other'], {})).resolves.toBeUndefined();
  });

  it('leaves a rotation that is under way', async () => {
    await here.putSecretValue({ SecretId: 'db', SecretString: 'pending', VersionStages: ['AWSPENDING'] });
    await copy.run(context(), ['db', 'vault:'], {});
    await expect(textOf(there, 'db', 'AWSPENDING')).rejects.toThrow();
  });

  it('writes nothing when a version cannot be read', async () => {
    const { getSecretValue } = here;
    let count = 0;
    here = instead(here, {
      getSecretValue: (input: never) => (++count > 1 ? refused('AccessDeniedException')() : getSecretValue(input)),
    });
    await expect(copy.run(context(), ['db', 'vault:'], {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(await isThere(there, 'db')).toBe(false);
  });

  it('says so when it stops half-way', async () => {
    there = instead(there, { putSecretValue: refused('AccessDeniedException') });
    const half = { code: 'partial', message: 'secret "db" is made, but has not all versions of "db"' };
    await expect(copy.run(context(), ['db', 'vault:'], {})).rejects.toMatchObject(half);
    expect(await textOf(there, 'db')).toBe('two');
  });

  it.each([1, 2, 3, 4])('leaves no older value as the current one where it ends before write %i', async (end) => {
    await here.putSecretValue({ SecretId: 'db', SecretString: 'blue', VersionStages: ['BLUE'] });
    const { VersionId } = await here.getSecretValue({ SecretId: 'db' });
    await here.updateSecretVersionStage({ SecretId: 'db', VersionStage: 'GREEN', MoveToVersionId: VersionId });
    const target = there;
    let count = 0;
    const dying = (name: 'createSecret' | 'putSecretValue' | 'updateSecretVersionStage') => (input: never) =>
      ++count < end ? (target[name] as (input: never) => Promise<object>)(input) : refused('killed')();
    there = instead(target, {
      createSecret: dying('createSecret'),
      putSecretValue: dying('putSecretValue'),
      updateSecretVersionStage: dying('updateSecretVersionStage'),
    });
    await expect(copy.run(context(), ['db', 'vault:'], {})).rejects.toThrow();
    expect(await isThere(target, 'db')).toBe(end > 1);
    if (end > 1) expect(await textOf(target, 'db')).toBe('two');
  });

  it('overwrites nobody who was faster', async () => {
    await there.createSecret({ Name: 'db', SecretString: 'before' });
    const { describeSecret } = there;
    let isFirst = true;
    there = instead(there, {
      describeSecret: async (input: never) => {
        const described = await describeSecret(input);
        if (isFirst) await there.putSecretValue({ SecretId: 'db', SecretString: 'theirs' });
        isFirst = false;
        return described;
      },
    });
    const run = copy.run(context(), ['db', 'vault:'], { overwrite: true, yes: true });
    await expect(run).rejects.toMatchObject({ code: 'conflict' });
    expect(await textOf(there, 'db')).toBe('theirs');
  });

  it('fills a secret that has no value', async () => {
    await there.createSecret({ Name: 'db' });
    await copy.run(context(true, ['y']), ['db', 'vault:'], { overwrite: true });
    expect(await textOf(there, 'db')).toBe('two');
  });

  it('copies a secret that has no value', async () => {
    await here.createSecret({ Name: 'empty', Description: 'nothing yet' });
    await copy.run(context(), ['empty', 'vault:'], {});
    expect(await there.describeSecret({ SecretId: 'empty' })).toMatchObject({ Description: 'nothing yet' });
  });
});

describe('move', () => {
  it('asks, and deletes what has arrived', async () => {
    const given = context(true, ['y']);
    await move.run(given, ['db', 'vault:prod/db'], {});
    expect(given.terminal.said.slice(-2)).toEqual(['Move secret "db"?', 'moved secret "db" to "vault:prod/db"']);
    expect([await isThere(here, 'db'), await textOf(there, 'prod/db')]).toEqual([false, 'two']);
  });

  it('does nothing without a yes', async () => {
    await move.run(context(true, ['n']), ['db', 'vault:'], {});
    expect([await isThere(here, 'db'), await isThere(there, 'db')]).toEqual([true, false]);
  });

  it('deletes nothing that did not arrive', async () => {
    there = instead(there, { putSecretValue: refused('AccessDeniedException') });
    await expect(move.run(context(), ['db', 'vault:'], { yes: true })).rejects.toMatchObject({ code: 'partial' });
    expect(await isThere(here, 'db')).toBe(true);
  });

  it('is done before it prints, since nobody may read on', async () => {
    const given = context();
    let wasThere: boolean | undefined;
    given.terminal.write = async () => {
      wasThere = await isThere(here, 'db');
    };
    await move.run(given, ['db', 'vault:'], { yes: true });
    expect(wasThere).toBe(false);
  });

  it('says what is done and what is not where the source may not be deleted', async () => {
    const denial = Object.assign(new Error('no'), { name: 'AccessDeniedException', operation: 'DeleteSecret' });
    here = instead(here, { deleteSecret: () => Promise.reject(Object.assign(denial, { service: 'x', input: {} })) });
    await expect(move.run(context(), ['db', 'vault:'], { yes: true })).rejects.toMatchObject({
      code: 'partial',
      message: 'secret "db" is copied to "vault:db", but not deleted: not allowed: no',
      hints: ['delete it: "latchkey secret delete db"'],
    });
    expect([await isThere(here, 'db'), await textOf(there, 'db')]).toEqual([true, 'two']);
  });

  it('deletes nothing that has changed meanwhile', async () => {
    const { createSecret } = there;
    there = instead(there, {
      createSecret: async (input: never) => {
        await here.putSecretValue({ SecretId: 'db', SecretString: 'three' });
        return createSecret(input);
      },
    });
    await expect(move.run(context(), ['db', 'vault:'], { yes: true })).rejects.toMatchObject({
      code: 'conflict',
      message: 'secret "db" has got a new version meanwhile: it is copied, but not deleted',
    });
    expect(await isThere(here, 'db')).toBe(true);
  });
});
