import type { ServiceError } from './by-operation.ts';

/** What a request was about, in the words of the command line. */
export interface Subject {
  readonly kind: 'secret' | 'parameter' | 'key' | 'none';
  /** The name as it was given; empty where the request named nothing. */
  readonly name: string;
  /** `secret "prod/db"` */
  readonly what: string;
  /** The command that lists what there is. */
  readonly list?: string;
  /** The service as AWS writes it. */
  readonly service: string;
}

const services = {
  secretsManager: {
    kind: 'secret',
    members: ['SecretId', 'Name'],
    list: 'latchkey secret list',
    service: 'Secrets Manager',
  },
  ssm: {
    kind: 'parameter',
    members: ['Name', 'Path', 'ResourceId'],
    list: 'latchkey param list',
    service: 'Parameter Store',
  },
  kms: { kind: 'key', members: ['KeyId', 'AliasName', 'TargetKeyId'], list: 'latchkey key list', service: 'KMS' },
} as const;

export function subjectOf({ service, input }: Pick<ServiceError, 'service' | 'input'>): Subject {
  const found = services[service as keyof typeof services];
  if (!found) return { kind: 'none', name: '', what: 'it', service: service.toUpperCase() };
  const name = found.members.map((member) => input[member]).find((value) => typeof value === 'string');
  if (typeof name !== 'string') return { kind: 'none', name: '', what: 'it', service: found.service };
  return { kind: found.kind, name, what: `${found.kind} "${name}"`, list: found.list, service: found.service };
}
