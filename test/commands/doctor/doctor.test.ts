import { afterEach, expect, it, vi } from 'vitest';
import type { Session } from '../../../src/aws/session.ts';
import { node, verb } from '../../../src/commands/doctor.ts';
import type { Context } from '../../../src/context.ts';
import { UserError } from '../../../src/errors.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const session: Session = {
  ...{ kind: 'aws', region: 'eu-west-1', profile: 'prod', chosenBy: '--profile', endpoints: {} },
  ...{ credentials: { kind: 'static', accessKeyId: 'AKIA', secretAccessKey: 'not shown', from: 'profile' } },
  ...{ fips: true, dualstack: false, proxies: {} },
};

async function doctor(getCallerIdentity: () => Promise<object>, { tty = false } = {}) {
  const terminal = terminalForTests({ tty });
  const clients = async () => ({ sts: { getCallerIdentity } });
  const context = { terminal, session: async () => session, clients } as unknown as Context;
  const exit = await verb.run(context, [], { output: 'json' });
  return { exit, said: terminal.said, stdout: terminal.stdout, findings: JSON.parse(terminal.stdout) };
}

afterEach(() => {
  vi.useRealTimers();
});

it('says who and where, and no secret', async () => {
  const { exit, findings, stdout } = await doctor(async () => ({ Arn: 'arn:me' }));
  expect(exit).toBe(0);
  expect(findings.slice(2)).toEqual([
    {
      Check: 'session',
      Result: 'ok',
      Detail: 'AWS, Region eu-west-1, profile "prod", FIPS endpoints, chosen by --profile',
    },
    { Check: 'credentials', Result: 'ok', Detail: 'an access key from the profile' },
    { Check: 'identity', Result: 'ok', Detail: 'arn:me' },
  ]);
  expect(stdout).not.toContain('not shown');
});

it('gives each problem with its hints, to a person too', async () => {
  const refused = new UserError('denied', 'no AWS credentials were found', { hints: ['sign in'] });
  const { exit, findings, said } = await doctor(() => Promise.reject(refused), { tty: true });
  expect(exit).toBe(1);
  expect(findings.at(-1)).toEqual({
    ...{ Check: 'identity', Result: 'problem', Detail: 'no AWS credentials were found' },
    Hints: ['sign in'],
  });
  expect(said).toEqual(['identity: sign in']);
});

it('does not wait longer than five seconds', async () => {
  vi.useFakeTimers();
  const asked = doctor(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(5000);
  expect((await asked).findings.at(-1)).toMatchObject({ Result: 'problem', Detail: 'no answer within 5 seconds' });
});

it('lets a bug of ours through', async () => {
  await expect(doctor(() => Promise.reject(new TypeError('x is not a function')))).rejects.toThrow(TypeError);
});

it.each([
  ['18.20.0', 'problem'],
  ['20.18.3', 'problem'],
  ['20.19.0', 'ok'],
  ['22.0.0', 'ok'],
])('Node %s is %s', (version, result) => {
  expect(node(version).Result).toBe(result);
});
