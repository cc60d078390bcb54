import type { GetSecretValueResponse, SecretsManager } from '../../aws/services.ts';
import { readKey } from '../../reference/json-pointer.ts';
import type { SecretReference } from '../../reference/reference.ts';
import { explainDeletion } from './deletion.ts';

/** Secrets that BatchGetSecretValue takes at once. */
const batchSize = 20;
/** Requests on their way at once, where each value is read by itself. */
const lanes = 4;

type Value = string | Uint8Array;

/** The value that one reference names. */
export async function readSecret(client: SecretsManager, reference: SecretReference): Promise<Value> {
  const { id, versionId, stage } = reference;
  // The default, said aloud: some stand-ins for AWS take another one.
  const VersionStage = stage ?? (versionId ? undefined : 'AWSCURRENT');
  const reading = client.getSecretValue({ SecretId: id, VersionId: versionId, VersionStage });
  return partOf(await explainDeletion(client, id, reading), reference);
}

/**
 * What each of the references names, in their order: its value, or the error that kept it back. Current versions come
 * twenty at a time. What a batch leaves out or refuses is read by itself, as all of them are where batches are denied.
 */
export async function readSecrets(client: SecretsManager, references: SecretReference[]): Promise<(Value | Error)[]> {
  const known = await readBatches(client, [...new Set(references.filter(isCurrent).map(({ id }) => id))]);
  const answers: (Value | Error)[] = [];
  const waiting = [...references.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, reference] = next;
      const answer = isCurrent(reference) ? known.find((one) => isNamed(one, reference.id)) : undefined;
      const reading = answer ? asPromise(() => partOf(answer, reference)) : readSecret(client, reference);
      answers[index] = await reading.catch((error: Error) => error);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;
}

async function readBatches(client: SecretsManager, ids: string[]): Promise<GetSecretValueResponse[]> {
  const found: GetSecretValueResponse[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const SecretIdList = ids.slice(start, start + batchSize);
    try {
      const { SecretValues = [] } = await client.batchGetSecretValue({ SecretIdList });
      // Some stand-ins for AWS answer with another version.
      found.push(...SecretValues.filter(({ VersionStages }) => VersionStages?.includes('AWSCURRENT')));
    } catch (error) {
      const { name } = error as Error;
      // It has a permission of its own, which those who may read single values often lack.
      if (/AccessDenied/.test(name)) break;
      if (!ofOneItem.test(name)) throw error;
    }
  }
  return found;
}

/** What is wrong with one secret, and can make a batch fail as a whole. */
const ofOneItem =
  /^(DecryptionFailure|ResourceNotFoundException|ValidationException|Invalid(Parameter|Request)Exception)$/;

const isCurrent = ({ stage = 'AWSCURRENT', versionId }: SecretReference) =>
  stage === 'AWSCURRENT' && versionId === undefined;

/** By its name, its ARN, or its ARN without the six characters that AWS adds. */
const isNamed = ({ Name, ARN = '' }: GetSecretValueResponse, id: string) =>
  id === Name || id === ARN || id === ARN.replace(/-[^-]{6}$/, '');

const asPromise = async <T>(work: () => T): Promise<T> => work();

function partOf({ SecretBinary, SecretString = '' }: GetSecretValueResponse, reference: SecretReference): Value {
  const value = SecretBinary ?? SecretString;
  return reference.key === undefined ? value : readKey(value, reference);
}
