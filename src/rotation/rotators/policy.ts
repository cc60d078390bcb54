import type { Rule, Surroundings, Version } from '../rotator.ts';
import { databaseSecret } from './database-secret.ts';
import type { Engine } from './engine.ts';
import { newPasswordRules } from './new-password.ts';

/** What new passwords are made of, and what the server says of them to the user of the secret. */
export const policyOf =
  (engine: Engine) =>
  async ({ value }: Version, given: Surroundings): Promise<Rule[]> => {
    const session = await engine.logIn(databaseSecret(value, 'the current value'), given);
    try {
      const found = Object.entries(await session.rules());
      return [...newPasswordRules, ...found.map(([name, value]): Rule => ({ name, value, from: 'the server' }))];
    } finally {
      await session.end();
    }
  };
