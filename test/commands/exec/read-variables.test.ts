import { expect, it, vi } from 'vitest';
import type { Clients } from '../../../src/aws/services.ts';
import type { Where } from '../../../src/aws/session.ts';
import { readVariables } from '../../../src/commands/exec/read-variables.ts';
import type { Context } from '../../../src/context.ts';
import { parseReference } from '../../../src/reference/reference.ts';
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

const wanted = (source: string, name?: string) => ({ name, source, reference: parseReference(source) as never });

it('reads a secret once, however many of its keys are wanted', async () => {
  const { clients, getSecretValue } = place();
  const all = [
    wanted('secret:db#a', 'A'),
    wanted('secret:db#b', 'B'),
    wanted('secret:db'),
    wanted('secret:db:OLD#a', 'C'),
  ];
  const found = await readVariables(
    contextWith(() => clients),
    all.map((one, index) => (index === 2 ? { ...one, name: 'WHOLE' } : one)),
  );
  expect(found.map(({ name, value }) => `${name}=${value}`)).toEqual([
    'A=1',
    'B=here',
    'WHOLE={"a":"1","b":"here"}',
    'C=1',
  ]);
  expect(getSecretValue).toHaveBeenCalledTimes(2);
});

it('reads parameters ten at a time, versions of one apart', async () => {
  const { clients, getParameters } = place();
  const names = Array.from({ length: 21 }, (_, index) => `/p/${index % 11}${index < 11 ? '' : ':1'}`);
  const found = await readVariables(
    contextWith(() => clients),
    names.map((name, index) => wanted(`param:${name}`, `V${index}`)),
  );
  expect(found.map(({ value }) => value)).toEqual(names.map((name) => `value of ${name}`));
  expect(getParameters.mock.calls.map(([{ Names }]) => Names.length)).toEqual([10, 10, 1]);
});

it('asks each place for its own', async () => {
  const places = { here: place('here'), there: place('there') };
  const context = contextWith((where) => (where?.region ? places.there : places.here).clients);
  const found = await readVariables(context, [wanted('secret:db#b', 'A'), wanted('region=eu-west-1:secret:db#b', 'B')]);
  expect(found.map(({ value }) => value)).toEqual(['here', 'there']);
});

it('asks nothing for nothing', async () => {
  const { clients, getParameters } = place();
  expect(
    await readVariables(
      contextWith(() => clients),
      [],
    ),
  ).toEqual([]);
  expect(getParameters).not.toHaveBeenCalled();
});
