import type { Clients } from '../aws/services.ts';
import type { Terminal } from '../context.ts';

/** The clients, each of whose calls is said before it is made: its action as IAM spells it, and what it asks, without values. */
export function sayingCalls(clients: Clients, terminal: Terminal): Clients {
  const saying = <Client extends object>(client: Client, service: string): Client =>
    new Proxy(client, {
      get(target, method) {
        const call = Reflect.get(target, method) as unknown;
        if (typeof method !== 'string' || typeof call !== 'function') return call;
        return (input: object = {}) => {
          const operation = method.charAt(0).toUpperCase() + method.slice(1);
          terminal.say(`latchkey: call: ${service}:${operation} ${withoutValues(input)}`);
          return call(input);
        };
      },
    });
  const { secretsManager, ssm, kms, sts } = clients;
  return {
    secretsManager: saying(secretsManager, 'secretsmanager'),
    ssm: saying(ssm, 'ssm'),
    kms: saying(kms, 'kms'),
    sts: saying(sts, 'sts'),
    close: () => clients.close(),
  };
}

/** Members that hold what must not be seen. Bytes never are: they are values, or say nothing. */
const hidden = new Set(['SecretString', 'Value']);

const withoutValues = (input: object): string =>
  JSON.stringify(input, function (this: Record<string, unknown>, name, value) {
    return hidden.has(name) || this[name] instanceof Uint8Array ? '...' : value;
  });
