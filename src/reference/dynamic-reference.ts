import { UserError } from '../errors.ts';
import { pathOf } from './json-pointer.ts';
import type { ParameterReference, SecretReference } from './kinds.ts';

/**
 * CloudFormation's dynamic references, `{{resolve:secretsmanager:ID:SecretString:KEY:STAGE:VERSION}}`,
 * `{{resolve:ssm:NAME:VERSION}}` and `{{resolve:ssm-secure:NAME:VERSION}}`; undefined for any other text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function fromDynamicReference(text: string): SecretReference | ParameterReference | undefined {
  const found = /^\{\{resolve:([^:}]+):([^}]+)\}\}$/.exec(text);
  if (!found) return undefined;
  const [, service, rest = ''] = found;
  if (service === 'ssm' || service === 'ssm-secure') return parameter(rest);
  if (service === 'secretsmanager') return secret(rest, text);
  throw new UserError('usage', `expected secretsmanager, ssm or ssm-secure behind "resolve:", got "${text}"`);
}

function parameter(rest: string): ParameterReference {
  const [, name = '', version] = /^(.*?)(?::(\d+))?$/s.exec(rest)!;
  return { kind: 'param', name, version, tree: false };
}

/** The id may be an ARN, which has six colons of its own. */
function secret(rest: string, text: string): SecretReference {
  const [, id = '', behind = ''] = /^(arn(?::[^:]*){6}|[^:]*)((?::[^:]*)*)$/s.exec(rest)!;
  const [kind, key, stage, versionId, ...more] = behind
    .slice(1)
    .split(':')
    .map((field) => field || undefined);
  if (id === '' || more.length > 0 || (kind !== undefined && kind !== 'SecretString')) {
    throw new UserError(
      'usage',
      `expected {{resolve:secretsmanager:ID:SecretString:KEY:STAGE:VERSION}}, got "${text}"`,
    );
  }
  return { kind: 'secret', id, key: key && pathOf([key]), stage, versionId };
}
