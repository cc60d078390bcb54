import { beforeEach, describe, expect, it } from 'vitest';
import type { Ssm } from '../../../src/aws/services.ts';
import { verb as deleteVerb } from '../../../src/commands/param/delete.ts';
import { verb as getVerb } from '../../../src/commands/param/get.ts';
import { verb as historyVerb } from '../../../src/commands/param/history.ts';
import { verb as putVerb } from '../../../src/commands/param/put.ts';
import { contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let ssm: Ssm;
beforeEach(async () => {
  ({ ssm } = await memoryClients());
});

describe('param put', () => {
  const put = (value: string, options = {}, client = ssm) => {
    const { context, terminal } = contextOver({ ssm: client }, terminalForTests({ stdin: value }));
    return putVerb.run(context, ['/app/a'], options).then(() => terminal.stdout);
  };
  const tagsOf = async () =>
    (await ssm.listTagsForResource({ ResourceType: 'Parameter', ResourceId: '/app/a' })).TagList;

  it('makes a SecureString, then keeps the type of what is there', async () => {
    expect(await put('one')).toBe('1\n');
    expect((await ssm.getParameter({ Name: '/app/a' })).Parameter).toMatchObject({ Type: 'SecureString' });
    await ssm.deleteParameter({ Name: '/app/a' });
    await put('one', { type: 'StringList' });
    expect(await put('one,two')).toBe('2\n');
    expect((await ssm.getParameter({ Name: '/app/a' })).Parameter).toMatchObject({ Type: 'StringList' });
  });

  it('tags what it makes and what it writes over', async () => {
    const tag = [{ Key: 'team', Value: 'web' }];
    await put('one', { tag });
    expect(await tagsOf()).toEqual(tag);
    await put('two', { tag: [{ Key: 'team', Value: 'post' }] });
    expect(await tagsOf()).toEqual([{ Key: 'team', Value: 'post' }]);
  });

  it('says that the value is stored where the tags are refused', async () => {
    await put('one');
    const denied = instead(ssm, { addTagsToResource: refused('AccessDeniedException') });
    await expect(put('two', { tag: [{ Key: 'a', Value: 'b' }] }, denied)).rejects.toMatchObject({
      code: 'partial',
      message: expect.stringContaining('version 2 of parameter "/app/a" is stored, but not its tags'),
    });
  });

  it('says that the value is stored where its labels are refused', async () => {
    const denied = instead(ssm, { labelParameterVersion: refused('AccessDeniedException') });
    await expect(put('one', { label: ['stable'] }, denied)).rejects.toMatchObject({
      code: 'partial',
      message: 'version 1 of parameter "/app/a" is stored, but not its labels: AccessDeniedException',
      hints: ['latchkey param label /app/a:1 stable'],
    });
  });

  it('says the size, the tier and the price where only the service knows the tier', async () => {
    const long = 'x'.repeat(5000);
    await expect(put(long)).rejects.toMatchObject({
      code: 'usage',
      message: 'the value has 5000 bytes, and the Standard tier holds 4096',
      hints: [expect.stringContaining('$0.05')],
    });
    await put(long, { tier: 'auto' });
    expect(await put(`${long}y`)).toBe('2\n');
  });

  it('sees a race that was lost before the write, and one that was lost in between', async () => {
    await put('one');
    await put('two');
    await expect(put('mine', { ifVersion: 1 })).rejects.toMatchObject({ code: 'conflict' });
    expect((await ssm.getParameter({ Name: '/app/a' })).Parameter?.Version).toBe(2);
    const slow = instead(ssm, {
      async getParameter(input: Parameters<Ssm['getParameter']>[0]) {
        const answer = await ssm.getParameter(input);
        await put('theirs');
        return answer;
      },
    });
    await expect(put('mine', { ifVersion: 2 }, slow)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('this is version 4, expected 3'),
      hints: [expect.stringContaining('latchkey param get /app/a:3')],
    });
  });
});

describe('param history', () => {
  const history = async (options: object) => {
    const { context, terminal } = contextOver({ ssm });
    await historyVerb.run(context, ['/app/a'], options);
    return terminal.stdout;
  };

  it.each(['String', 'SecureString'] as const)(
    'shows the values of a %s only where they are asked for',
    async (Type) => {
      await ssm.putParameter({ Name: '/app/a', Value: 'hidden horse', Type });
      expect(await history({})).not.toMatch(/hidden horse|Value/);
      expect(await history({ reveal: true })).toContain('hidden horse');
    },
  );

  it('shows all pages', async () => {
    for (let version = 1; version <= 60; version += 1) {
      await ssm.putParameter({ Name: '/app/a', Value: `v${version}`, Type: 'String', Overwrite: true });
    }
    expect(JSON.parse(await history({}))).toHaveLength(60);
  });
});

describe('param delete', () => {
  const names = Array.from({ length: 12 }, (_, index) => `/app/p${index}`);
  const remove = async (client: Ssm) => {
    const { context, terminal } = contextOver({ ssm: client });
    const error = await deleteVerb.run(context, names, { yes: true }).catch((caught: unknown) => caught);
    return { error, said: terminal.said };
  };
  const fill = async () => {
    for (const Name of names) await ssm.putParameter({ Name, Value: 'x', Type: 'String' });
  };

  it('deletes more than one request takes', async () => {
    await fill();
    expect((await remove(ssm)).error).toBeUndefined();
    expect((await ssm.describeParameters({})).Parameters).toEqual([]);
  });

  it('says of each what came of it where it is stopped half-way', async () => {
    await fill();
    let calls = 0;
    const stopped = instead(ssm, {
      deleteParameters: (input: Parameters<Ssm['deleteParameters']>[0]) => {
        calls += 1;
        return calls === 1 ? ssm.deleteParameters(input) : refused('ThrottlingException')();
      },
    });
    const { error, said } = await remove(stopped);
    expect(error).toMatchObject({ code: 'partial', message: '2 of 12 parameters could not be deleted' });
    expect(said.filter((line) => line.startsWith('deleted: '))).toHaveLength(10);
    expect(said.slice(-2)).toEqual(['not deleted: "/app/p10"', 'not deleted: "/app/p11"']);
  });

  it('hands on the error where nothing was deleted', async () => {
    const denied = instead(ssm, { deleteParameters: refused('AccessDeniedException') });
    expect((await remove(denied)).error).toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('param get of a tree', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `/app/${String(index).padStart(4, '0')}`);
  const get = async (denied: (name: string) => boolean) => {
    await Promise.all(names.map((Name) => ssm.putParameter({ Name, Value: 'v', Type: 'String' })));
    const refuse = async (input: object) =>
      Promise.reject(
        Object.assign(new Error('no'), {
          name: 'AccessDeniedException',
          service: 'ssm',
          operation: 'GetParameters',
          input,
        }),
      );
    const client = instead(ssm, {
      getParameters: (input: { Names: string[] }) =>
        input.Names.some(denied) ? refuse(input) : ssm.getParameters(input),
    });
    const { context, terminal } = contextOver({ ssm: client });
    const error = await getVerb.run(context, ['/app/'], { recursive: true }).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    return { error, terminal };
  };

  it('prints all but the one that is denied among a thousand, and says which it is', async () => {
    const { error, terminal } = await get((name) => name === '/app/0500');
    expect(error).toMatchObject({ code: 'partial', message: '1 of 1000 parameters could not be read' });
    expect(Object.keys(JSON.parse(terminal.stdout))).toEqual(names.filter((name) => name !== '/app/0500'));
    expect(terminal.said).toEqual(['not read: "/app/0500": not allowed: no']);
  });
});
