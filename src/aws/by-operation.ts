import { withRequestToken } from './request-token.ts';

/** An error of a service, from AWS or from the vault: its AWS type as its name, and what was asked. */
export interface ServiceError extends Error {
  service: string;
  operation: string;
  input: Readonly<Record<string, unknown>>;
}

/**
 * A client whose methods are operations: `getSecretValue(input)` calls `send('GetSecretValue', input)`. What it throws
 * says what was asked, so that words can be found for it.
 */
export function byOperation<Client>(
  service: string,
  send: (operation: string, input: object) => Promise<unknown>,
): Client {
  const call = async (operation: string, input: object) => {
    try {
      return await send(operation, withRequestToken(operation, input));
    } catch (error) {
      throw error instanceof Error ? Object.assign(error, { service, operation, input }) : error;
    }
  };
  return new Proxy({} as never, {
    get: (_, method) =>
      typeof method === 'string' && method !== 'then'
        ? (input: object = {}) => call(method.charAt(0).toUpperCase() + method.slice(1), input)
        : undefined,
  });
}
