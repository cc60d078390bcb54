import { beforeEach, expect, it } from 'vitest';
import type { Ssm } from '../../../src/aws/services.ts';
import { verb as get } from '../../../src/commands/param/get.ts';
import { contextOver, instead, memoryClients } from '../../helpers/memory-clients.ts';

let ssm: Ssm;
beforeEach(async () => {
  ({ ssm } = await memoryClients());
  await ssm.putParameter({ Name: '/app/a', Value: 'one', Type: 'String' });
  await ssm.putParameter({ Name: '/app/b', Value: 'two', Type: 'String' });
});

/** As the clients throw what a service refuses. */
const refusing = (name: string, message: string) => () =>
  Promise.reject(Object.assign(new Error(message), { name, service: 'Systems Manager', operation: 'X', input: {} }));

it('reads each by itself where one of them makes the batch fail', async () => {
  const denied = refusing('AccessDeniedException', 'no');
  const client = instead(ssm, {
    getParameters: denied,
    getParameter: (input: { Name: string }) => (input.Name === '/app/b' ? denied() : ssm.getParameter(input)),
  });
  const { context, terminal } = contextOver({ ssm: client });
  await expect(get.run(context, ['/app/a', '/app/b'], { recursive: true })).rejects.toMatchObject({ code: 'partial' });
  expect(JSON.parse(terminal.stdout)).toEqual({ '/app/a': 'one' });
  expect(terminal.said).toEqual(['not read: "/app/b": not allowed: no']);
});

it('throws what keeps it from all of them, and prints nothing', async () => {
  const client = instead(ssm, { getParameters: refusing('ThrottlingException', 'slow down') });
  const { context, terminal } = contextOver({ ssm: client });
  await expect(get.run(context, ['/app/a', '/app/b'], { recursive: true })).rejects.toThrow('slow down');
  expect([terminal.stdout, terminal.said]).toEqual(['', []]);
});

it('says nothing of an error that nobody foresaw but its name', async () => {
  const client = instead(ssm, {
    getParameters: async () => ({ Parameters: [] }),
    getParameter: (input: { Name: string }) =>
      input.Name === '/app/b' ? Promise.reject(new TypeError('hunter2')) : ssm.getParameter(input),
  });
  const { context, terminal } = contextOver({ ssm: client });
  await expect(get.run(context, ['/app/a', '/app/b'], { recursive: true })).rejects.toMatchObject({ code: 'partial' });
  expect(terminal.said).toEqual(['not read: "/app/b": TypeError']);
});
