import { randomBytes } from 'node:crypto';
import { byOperation } from '../../src/aws/by-operation.ts';
import type { Kms, SecretsManager, Ssm } from '../../src/aws/services.ts';
import type { Context } from '../../src/context.ts';
import { createVault, type ServiceName, type Vault } from '../../src/vault/vault.ts';
import { terminalForTests } from './terminal.ts';

/** Clients over a vault in memory, as the commands are given them. */
export async function memoryClients() {
  return clientsOf(await createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account: '123456789012' }));
}

/** Clients over this vault. */
export function clientsOf(vault: Vault) {
  const client = <Client>(service: ServiceName): Client =>
    byOperation(service, (operation, input) => vault.handle({ service, operation, input, region: 'eu-west-1' }));
  return { secretsManager: client<SecretsManager>('secretsmanager'), ssm: client<Ssm>('ssm'), kms: client<Kms>('kms') };
}

type Method = (input: never) => Promise<object>;

/** The same client with some methods exchanged. */
export const instead = <Client extends object>(client: Client, methods: Record<string, Method>): Client =>
  new Proxy(client, { get: (_, name: string) => methods[name] ?? client[name as keyof Client] });

/** A method that AWS refuses with an error of this type. */
export const refused = (name: string) => () => Promise.reject(Object.assign(new Error(), { name }));

/** What a verb is given: these clients, and a terminal made of buffers. */
export function contextOver(clients: object, terminal = terminalForTests()) {
  const context = { terminal, environment: {}, clock: () => new Date(), clients: async () => clients };
  return { context: context as unknown as Context, terminal };
}
