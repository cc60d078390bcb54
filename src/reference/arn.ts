import { UserError } from '../errors.ts';
import { pathOf } from './json-pointer.ts';
import type { SecretReference } from './kinds.ts';

export interface Arn {
  readonly service: 'secretsmanager' | 'ssm' | 'kms';
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const form = 'arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE';
const resources = { secretsmanager: /^secret:./, ssm: /^parameter\/./, kms: /^(key|alias)\/./ };

/** Reads an ARN of one of the three services. Throws code `usage` for any other. */
export function parseArn(text: string): Arn {
  const found = /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]+):(\d{12}):(.+)$/s.exec(text);
  if (!found) throw new UserError('usage', `expected an ARN as ${form}, got "${text}"`);
  const [, service = '', region = '', account = '', resource = ''] = found;
  if (!isOurs(service)) {
    throw new UserError('usage', `expected an ARN of secretsmanager, ssm or kms, got one of ${service}: "${text}"`);
  }
  if (!resources[service].test(resource)) {
    throw new UserError('usage', `expected the ARN of a secret, a parameter or a key, got "${text}"`);
  }
  return { service, region, account, resource };
}

const isOurs = (service: string): service is Arn['service'] => Object.hasOwn(resources, service);

/**
 * A secret by its ARN. Exactly three fields behind it are ECS's form, `:json-key:stage:version-id`, each perhaps empty;
 * one field is a stage or a version id, as behind a name.
 */
export function fromSecretArn(text: string, { resource }: Arn): SecretReference {
  const [, , ...fields] = resource.split(':');
  const id = fields.length === 0 ? text : text.slice(0, -(fields.join(':').length + 1));
  if (fields.length === 3) {
    const [key, stage, versionId] = fields.map((field) => field || undefined);
    return { kind: 'secret', id, key: key && pathOf([key]), stage, versionId };
  }
  const [version, ...more] = fields;
  if (more.length > 0) {
    throw new UserError(
      'usage',
      `expected one field or three behind the ARN of a secret, got ${fields.length}: "${text}"`,
    );
  }
  if (!version) return { kind: 'secret', id };
  return version.length >= 32 ? { kind: 'secret', id, versionId: version } : { kind: 'secret', id, stage: version };
}
