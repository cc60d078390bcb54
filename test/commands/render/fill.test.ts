import { expect, it, vi } from 'vitest';
import { fill } from '../../../src/commands/render/fill.ts';
import { scanTemplate } from '../../../src/commands/render/scan-template.ts';
import { contextOver, instead, memoryClients } from '../../helpers/memory-clients.ts';

async function place() {
  const clients = await memoryClients();
  await clients.secretsManager.createSecret({ Name: 'db', SecretString: '{"a":"1","b":"{{ secret:db#a }}"}' });
  await clients.secretsManager.createSecret({ Name: 'binary', SecretBinary: Buffer.from([0, 0xff]) });
  await clients.ssm.putParameter({ Name: '/a', Value: 'p', Type: 'String' });
  return clients;
}

const render = (context: Parameters<typeof fill>[0], text: string) =>
  fill(context, { name: 't', text, ...scanTemplate(text) });

it('reads each value once, and renders none again', async () => {
  const clients = await place();
  const getSecretValue = vi.fn((input: never) => clients.secretsManager.getSecretValue(input));
  const { context } = contextOver({ ...clients, secretsManager: instead(clients.secretsManager, { getSecretValue }) });
  expect(await render(context, '{{secret:db#a}}{{secret:db#b}}-{{secret:db#a}}{{param:/a}}\r\n')).toBe(
    '1{{ secret:db#a }}-1p\r\n',
  );
  expect(getSecretValue).toHaveBeenCalledTimes(1);
});

it('one problem is its own error, with its hints', async () => {
  const { context, terminal } = contextOver(await place());
  await expect(render(context, 'é\n {{secret:binary}}')).rejects.toMatchObject({
    code: 'usage',
    message: 't:2:2: the value is binary: it takes "| base64"',
  });
  expect(terminal.said).toEqual([]);
});

it('many are said in the order of the template, and never a value', async () => {
  const { context, terminal } = contextOver(await place());
  const failing = render(context, '{{param:/none}} {{x}} {{secret:db}} {{secret:db#c}}');
  await expect(failing).rejects.toMatchObject({
    code: 'not-found',
    message: '3 things to mend in "t", nothing was written',
  });
  expect(terminal.said).toEqual([
    't:1:1: there is no parameter "/none"',
    't:1:17: expected a reference like secret:NAME or param:NAME, got "x"',
    't:1:37: there is no key "c"',
  ]);
});

it('what is denied is said beside what is not there', async () => {
  const clients = await place();
  const denied = {
    name: 'AccessDeniedException',
    message: 'no',
    operation: 'GetSecretValue',
    input: { SecretId: 'db' },
  };
  const getSecretValue = () => Promise.reject(Object.assign(new Error(), denied, { service: 'secretsmanager' }));
  const secretsManager = instead(clients.secretsManager, { getSecretValue });
  const { context, terminal } = contextOver({ ...clients, secretsManager });
  await expect(render(context, '{{secret:db}}{{param:/none}}{{param:/a}}')).rejects.toMatchObject({ code: 'denied' });
  expect(terminal.said).toEqual(['t:1:1: not allowed: no', 't:1:14: there is no parameter "/none"']);
});

it('says what is wrong with a template even where nothing can be read', async () => {
  const { context } = contextOver({});
  const clients = () => Promise.reject(new Error('no session'));
  await expect(render({ ...context, clients }, '{{x}}{{secret:a}}')).rejects.toThrow('t:1:1: expected a reference');
  await expect(render({ ...context, clients }, '{{secret:a}}')).rejects.toThrow('no session');
});
