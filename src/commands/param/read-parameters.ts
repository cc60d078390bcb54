import type { Parameter, Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { everyItem } from '../pages.ts';

/** Names that GetParameters and DeleteParameters take at once. */
const batchSize = 10;
/** Requests on their way at once: Parameter Store allows 40 a second. */
const lanes = 4;

interface Found {
  found: Parameter[];
  /** Names, as asked for, that nothing goes by. */
  missing: string[];
}

/** The parameters of these names (with or without `:version` or `:label`), decrypted, in no order. */
export async function readParameters(ssm: Ssm, names: string[]): Promise<Found> {
  const answer: Found = { found: [], missing: [] };
  const waiting = batches([...new Set(names)]);
  const lane = async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      const { Parameters = [], InvalidParameters = [] } = await ssm.getParameters({
        Names: batch,
        WithDecryption: true,
      });
      answer.found.push(...Parameters);
      answer.missing.push(...InvalidParameters);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answer;
}

interface Tree {
  /** With or without a slash behind it. */
  path: string;
  recursive?: boolean;
}

/** As AWS wants it: no slash at the end, unless that is all there is. */
const withoutSlash = (path: string) => path.replace(/(?<=.)\/+$/, '');

/**
 * The parameters below a path, decrypted, by name. GetParametersByPath gives ten a page, one page after another, so a tree of
 * more than a page is read by its names, side by side; unless DescribeParameters, which has a permission of its own, is
 * denied.
 */
export async function readTree(ssm: Ssm, terminal: Terminal, { path, recursive = true }: Tree): Promise<Parameter[]> {
  const page = (NextToken?: string) =>
    ssm.getParametersByPath({ Path: withoutSlash(path), Recursive: recursive, WithDecryption: true, NextToken });
  const first = await page();
  if (!first.NextToken) return byName(first.Parameters ?? []);
  const names = await namesBelow(ssm, terminal, { path, recursive });
  const all = names ? (await readParameters(ssm, names)).found : await everyItem(terminal, page, (p) => p.Parameters);
  return byName(all);
}

async function namesBelow(ssm: Ssm, terminal: Terminal, tree: Tree): Promise<string[] | undefined> {
  try {
    const found = await describeTree(ssm, terminal, tree);
    return found.map(({ Name }) => Name!);
  } catch (error) {
    if ((error as Error).name === 'AccessDeniedException') return undefined;
    throw error;
  }
}

/** What is known of the parameters below a path, or of all of them; no values. */
export function describeTree(ssm: Ssm, terminal: Terminal, { path, recursive = true }: Partial<Tree>) {
  const Option = recursive ? 'Recursive' : 'OneLevel';
  const ParameterFilters = path === undefined ? undefined : [{ Key: 'Path', Option, Values: [withoutSlash(path)] }];
  return everyItem(
    terminal,
    (NextToken) => ssm.describeParameters({ ParameterFilters, MaxResults: 50, NextToken }),
    (page) => page.Parameters,
  );
}

export function batches(names: string[]): string[][] {
  const count = Math.ceil(names.length / batchSize);
  return Array.from({ length: count }, (_, index) => names.slice(index * batchSize, (index + 1) * batchSize));
}

const byName = (parameters: Parameter[]) => parameters.sort((a, b) => (a.Name! < b.Name! ? -1 : 1));
