import { expect, it, vi } from 'vitest';
import type { Clients } from '../../../src/aws/services.ts';
import type { Where } from '../../../src/aws/session.ts';
import { readEach, type Valued } from '../../../src/commands/variables/read-each.ts';
import type { Context } from '../../../src/context.ts';
import { parseReference } from '../../../src/reference/reference.ts';
import { refused } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

/** A place with one secret and any parameter, that counts what it is asked. */
function place(name = 'here') {
  const getSecretValue = vi.fn(async () => ({ SecretString: `{"a":"1","b":"${name}"}` }));
  const getParameters = vi.fn(async ({ Names }: { Names: string[] }) => ({
    Parameters: Names.map((full) => {
      const [Name, version] = full.split(':');
      return { Name, Value: `value of ${full}`, Selector: version && `:${version}` };
    }),
  }));
  const clients = { secretsManager: { getSecretValue }, ssm: { getParameters } } as unknown as Clients;
  return { clients, getSecretValue, getParameters };
}

const contextWith = (clients: (where?: Where) => Clients) =>
  ({ terminal: terminalForTests(), clients: async (where?: Where) => clients(where) }) as unknown as Context;

const read = (clients: Clients, ...sources: string[]) =>
  readEach(
    contextWith(() => clients),
    sources.map((source) => parseReference(source) as Valued),
  );

it('reads a secret once, however many of its keys are wanted', async () => {
  const { clients, getSecretValue } = place();
  const found = await read(clients, 'secret:db#a', 'secret:db#b', 'secret:db', 'secret:db:OLD#a');
  expect(found).toEqual(['1', 'here', '{"a":"1","b":"here"}', '1']);
  expect(getSecretValue).toHaveBeenCalledTimes(2);
});

it('reads parameters ten at a time, versions of one apart', async () => {
  const { clients, getParameters } = place();
  const names = Array.from({ length: 21 }, (_, index) => `/p/${index % 11}${index < 11 ? '' : ':1'}`);
  expect(await read(clients, ...names.map((name) => `param:${name}`))).toEqual(names.map((name) => `value of ${name}`));
  expect(getParameters.mock.calls.map(([{ Names }]) => Names.length)).toEqual([10, 10, 1]);
});

it('asks each place for its own', async () => {
  const places = { here: place('here'), there: place('there') };
  const context = contextWith((where) => (where?.region ? places.there : places.here).clients);
  const references = ['secret:db#b', 'region=eu-west-1:secret:db#b'].map((source) => parseReference(source) as Valued);
  expect(await readEach(context, references)).toEqual(['here', 'there']);
});

it('asks nothing for nothing', async () => {
  const { clients, getParameters } = place();
  expect(await read(clients)).toEqual([]);
  expect(getParameters).not.toHaveBeenCalled();
});

it('one that cannot be read keeps back no other', async () => {
  const { clients } = place();
  const [missing, there] = await read(clients, 'secret:db#none', 'secret:db#a');
  expect([(missing as Error).message, there]).toEqual(['there is no key "none"', '1']);
});

it('a parameter that is denied takes no other of its batch with it', async () => {
  const { clients } = place();
  const getParameter = async ({ Name }: { Name: string }) => {
    if (Name === '/denied') return refused('AccessDeniedException')();
    return { Parameter: { Value: `value of ${Name}` } };
  };
  const ssm = { getParameters: refused('AccessDeniedException'), getParameter };
  const [denied, there] = await read({ ...clients, ssm } as never, 'param:/denied', 'param:/there');
  expect([(denied as Error).name, there]).toEqual(['AccessDeniedException', 'value of /there']);
});
