import type { Parameter, Ssm } from '../../aws/services.ts';

/** Names that GetParameters and DeleteParameters take at once. */
const batchSize = 10;

export function batches(names: string[]): string[][] {
  const count = Math.ceil(names.length / batchSize);
  return Array.from({ length: count }, (_, index) => names.slice(index * batchSize, (index + 1) * batchSize));
}

/** The same of names that come one by one. */
export async function* inBatches(names: AsyncIterable<string>): AsyncGenerator<string[], void> {
  let batch: string[] = [];
  for await (const name of names) {
    if (batch.push(name) < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export interface Found {
  found: Parameter[];
  /** Names, as asked for, that nothing goes by. */
  missing: string[];
}

export async function readBatch(ssm: Ssm, Names: string[]): Promise<Found> {
  const { Parameters = [], InvalidParameters = [] } = await ssm.getParameters({ Names, WithDecryption: true });
  return { found: Parameters, missing: InvalidParameters };
}

export interface Readable {
  found: Parameter[];
  /** What is denied, or does not decrypt. */
  failed: { name: string; error: Error }[];
}

/** GetParameters refuses all ten where one is denied or does not decrypt: then each is asked for by itself. */
export async function readEach(ssm: Ssm, names: string[]): Promise<Readable> {
  try {
    const { found } = await readBatch(ssm, names);
    return { found, failed: [] };
  } catch (error) {
    if (!isDenied(error) && (error as Error).name !== 'InvalidKeyId') throw error;
    if (names.length === 1) return { found: [], failed: [{ name: names[0]!, error: error as Error }] };
    const each: Readable[] = [];
    for (const name of names) each.push(await readEach(ssm, [name]));
    return { found: each.flatMap(({ found }) => found), failed: each.flatMap(({ failed }) => failed) };
  }
}

export const isDenied = (error: unknown) => (error as Error).name === 'AccessDeniedException';
