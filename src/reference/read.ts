import type { Clients } from '../aws/services.ts';
import { UserError } from '../errors.ts';
import { readKey } from './json-pointer.ts';
import { formatReference, type ParameterReference, type Reference, type SecretReference } from './reference.ts';

type Valued = SecretReference | ParameterReference;

/** The value that a reference names. Throws code `usage` for one that names no single value. */
export async function readReference(clients: Clients, reference: Reference): Promise<string | Uint8Array> {
  const { key } = reference as Valued;
  const value = await readWhole(clients, reference);
  return key === undefined ? value : readKey(value, { key });
}

async function readWhole(clients: Clients, reference: Reference): Promise<string | Uint8Array> {
  if (reference.kind === 'secret') return readSecret(clients, reference);
  if (reference.kind === 'param' && !reference.tree) return readParameter(clients, reference);
  throw new UserError('usage', `"${formatReference(reference)}" does not name one value`);
}

async function readSecret({ secretsManager }: Clients, reference: SecretReference): Promise<string | Uint8Array> {
  const { id, versionId, stage } = reference;
  const answer = await secretsManager.getSecretValue({ SecretId: id, VersionId: versionId, VersionStage: stage });
  return answer.SecretBinary ?? answer.SecretString ?? '';
}

async function readParameter({ ssm }: Clients, { name, version }: ParameterReference): Promise<string> {
  const Name = version === undefined ? name : `${name}:${version}`;
  const { Parameter } = await ssm.getParameter({ Name, WithDecryption: true });
  return Parameter!.Value!;
}
