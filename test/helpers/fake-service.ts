import { UserError } from '../../src/errors.ts';
import type { Rotator, Surroundings } from '../../src/rotation/rotator.ts';

/** A service with one user, whose password is what the secret holds. */
export function fakeService(password: string) {
  const service = { password, made: 0 };
  const logsIn = (value: string) => value === service.password;
  const rotator: Rotator = {
    name: 'fake',
    async create() {
      service.made += 1;
      return `password ${service.made}`;
    },
    async set({ current, pending, previous }) {
      if (![pending, current, previous].some((one) => one && logsIn(one.value))) throw refusal();
      service.password = pending.value;
    },
    async test({ value }) {
      if (!logsIn(value)) throw refusal();
    },
  };
  return { service, rotator };
}

const refusal = () => new UserError('denied', 'the service does not let us in');

export const givenForTests: Surroundings = {
  secretId: 'prod/db',
  readSecret: async () => '',
  randomPassword: async () => 'random',
  tls: { mode: 'verify' },
  now: () => new Date(),
};
