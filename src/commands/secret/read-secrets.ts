import type { GetSecretValueResponse, SecretsManager } from '../../aws/services.ts';
import type { Progress } from '../../output/progress.ts';
import { readKey } from '../../reference/json-pointer.ts';
import type { SecretReference } from '../../reference/reference.ts';
import { everyPage } from '../pages.ts';
import { sideBySide } from '../side-by-side.ts';
import { explainDeletion } from './deletion.ts';

/** Secrets that BatchGetSecretValue takes at once. */
const batchSize = 20;

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
 * twenty at a time, many times at once. What a batch leaves out or refuses is read by itself, as all of them are where
 * batches are denied.
 */
export async function readSecrets(
  client: SecretsManager,
  references: SecretReference[],
  progress?: Progress,
): Promise<(Value | Error)[]> {
  const ids = [...new Set(references.filter(isCurrent).map(({ id }) => id))];
  const known = await readBatches(client, ids, progress);
  return sideBySide(references, async (reference) => {
    const answer = isCurrent(reference) ? known.get(reference.id) : undefined;
    if (!answer) progress?.add(1);
    const reading = answer ? asPromise(() => partOf(answer, reference)) : readSecret(client, reference);
    return reading.catch((error: Error) => error);
  });
}

/** By all that they may be called. The first batch goes alone: it shows whether batches are allowed. */
async function readBatches(client: SecretsManager, ids: string[], progress?: Progress) {
  const found = new Map<string, GetSecretValueResponse>();
  const [first, ...others] = batchesOf(ids);
  if (!first) return found;
  const read = async (batch: string[]) => {
    const values = await readBatch(client, batch);
    for (const value of values ?? []) for (const name of namesOf(value)) found.set(name, value);
    progress?.add(values?.length ?? 0);
    return values;
  };
  if (await read(first)) await sideBySide(others, read);
  return found;
}

const batchesOf = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, index) =>
    ids.slice(index * batchSize, (index + 1) * batchSize),
  );

/** What a batch gives, which may be less than was asked for; undefined where batches are denied. */
async function readBatch(client: SecretsManager, ids: string[]): Promise<GetSecretValueResponse[] | undefined> {
  const found: GetSecretValueResponse[] = [];
  try {
    const pages = everyPage((NextToken) => client.batchGetSecretValue({ SecretIdList: ids, NextToken }));
    // Some stand-ins for AWS answer with another version.
    for await (const { SecretValues = [] } of pages) found.push(...SecretValues.filter(hasCurrent));
  } catch (error) {
    const { name } = error as Error;
    // It has a permission of its own, which those who may read single values often lack.
    if (/AccessDenied/.test(name)) return undefined;
    if (!ofOneItem.test(name)) throw error;
  }
  return found;
}

const hasCurrent = ({ VersionStages }: GetSecretValueResponse) => VersionStages?.includes('AWSCURRENT');

/** What is wrong with one secret, and can make a batch fail as a whole. */
const ofOneItem =
  /^(DecryptionFailure|ResourceNotFoundException|ValidationException|Invalid(Parameter|Request)Exception)$/;

const isCurrent = ({ stage = 'AWSCURRENT', versionId }: SecretReference) =>
  stage === 'AWSCURRENT' && versionId === undefined;

/** Its name, its ARN, and its ARN without the six characters that AWS adds. */
const namesOf = ({ Name = '', ARN = '' }: GetSecretValueResponse) => [Name, ARN, ARN.replace(/-[^-]{6}$/, '')];

const asPromise = async <T>(work: () => T): Promise<T> => work();

function partOf({ SecretBinary, SecretString = '' }: GetSecretValueResponse, reference: SecretReference): Value {
  const value = SecretBinary ?? SecretString;
  return reference.key === undefined ? value : readKey(value, reference);
}
