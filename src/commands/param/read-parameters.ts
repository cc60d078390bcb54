import type { Parameter, Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { type Progress, progressOf } from '../../output/progress.ts';
import { everyItem, everyPage } from '../pages.ts';
import { sideBySide } from '../side-by-side.ts';
import { batches, type Found, inBatches, isDenied, type Readable, readBatch, readEach } from './read-batches.ts';

/** The parameters of these names (with or without `:version` or `:label`), decrypted, in no order. */
export async function readParameters(ssm: Ssm, names: string[]): Promise<Found> {
  const answers = await sideBySide(batches([...new Set(names)]), (batch) => readBatch(ssm, batch));
  return { found: answers.flatMap(({ found }) => found), missing: answers.flatMap(({ missing }) => missing) };
}

interface Tree {
  /** With or without a slash behind it. */
  path: string;
  recursive?: boolean;
}

/** The parameters below a path, decrypted, by name. Throws where one of them cannot be read. */
export async function readTree(ssm: Ssm, terminal: Terminal, tree: Tree): Promise<Parameter[]> {
  const { found, failed } = await readableTree(ssm, terminal, tree);
  if (failed.length > 0) throw failed[0]!.error;
  return found;
}

/**
 * The parameters below a path, decrypted, and what of them cannot be read. GetParametersByPath gives ten a page, one page
 * after another, so a tree of more than a page is read by its names, side by side and while they are still being listed;
 * unless DescribeParameters, which has a permission of its own, is denied, or GetParameters is.
 */
export async function readableTree(ssm: Ssm, terminal: Terminal, tree: Tree): Promise<Readable> {
  const { path, recursive = true } = tree;
  const page = (NextToken?: string) =>
    ssm.getParametersByPath({ Path: withoutSlash(path), Recursive: recursive, WithDecryption: true, NextToken });
  const { Parameters: start = [], NextToken } = await page();
  if (!NextToken) return { found: byName(start), failed: [] };
  const { found, failed } = (await readByNames(ssm, terminal, { tree, start })) ?? {
    found: await everyItem(
      terminal,
      (token = NextToken) => page(token),
      ({ Parameters }) => Parameters,
    ),
    failed: [],
  };
  return { found: byName([...start, ...found]), failed };
}

interface Begun {
  readonly tree: Tree;
  /** What is read already. */
  readonly start: readonly Parameter[];
}

/** All but the start; undefined where it takes permissions that are missing. */
async function readByNames(ssm: Ssm, terminal: Terminal, begun: Begun): Promise<Readable | undefined> {
  const progress = progressOf(terminal, 'reading parameters');
  const read: Readable = { found: [], failed: [] };
  let isInVain = false;

  async function* wanted() {
    for await (const batch of inBatches(unreadNames(ssm, begun, progress))) {
      isInVain ||= read.failed.length > 0 && read.found.length === 0;
      if (isInVain) return;
      yield batch;
    }
  }

  try {
    await sideBySide(wanted(), async (batch) => {
      const { found, failed } = await readEach(ssm, batch);
      read.found.push(...found);
      read.failed.push(...failed);
      progress.add(batch.length);
    });
  } catch (error) {
    // It was the names that were denied: for a value that is, there is `failed`.
    if (isDenied(error)) return undefined;
    throw error;
  } finally {
    progress.end();
  }
  return isInVain || read.found.length === 0 ? undefined : read;
}

async function* unreadNames(ssm: Ssm, { tree, start }: Begun, progress: Progress): AsyncGenerator<string, void> {
  const known = new Set(start.map(({ Name }) => Name));
  let total = 0;
  for await (const { Parameters = [] } of everyPage((token) => describePage(ssm, tree, token))) {
    const names = Parameters.flatMap(({ Name }) => (known.has(Name) ? [] : [Name!]));
    total += names.length;
    yield* names;
  }
  progress.total = total;
}

/** What is known of the parameters below a path, or of all of them; no values. */
export const describeTree = (ssm: Ssm, terminal: Terminal, tree: Partial<Tree>) =>
  everyItem(
    terminal,
    (NextToken) => describePage(ssm, tree, NextToken),
    (page) => page.Parameters,
  );

function describePage(ssm: Ssm, { path, recursive = true }: Partial<Tree>, NextToken?: string) {
  const Option = recursive ? 'Recursive' : 'OneLevel';
  const ParameterFilters = path === undefined ? undefined : [{ Key: 'Path', Option, Values: [withoutSlash(path)] }];
  return ssm.describeParameters({ ParameterFilters, MaxResults: 50, NextToken });
}

/** As AWS wants it: no slash at the end, unless that is all there is. */
const withoutSlash = (path: string) => path.replace(/(?<=.)\/+$/, '');

const byName = (parameters: Parameter[]) => parameters.sort((a, b) => (a.Name! < b.Name! ? -1 : 1));
