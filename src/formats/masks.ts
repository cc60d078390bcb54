import type { Pair } from './pair.ts';

export interface Masks {
  /** Workflow commands, a line each. */
  readonly lines: string[];
  /** Names of values that are, or hold, something too short to be masked. */
  readonly short: string[];
}

/** Characters below which a mask would black out ordinary words of a log, and tell by it what it hides. */
const shortest = 4;

/**
 * What tells GitHub's runner to hide values in its logs: each line of a value, and each string and number of a JSON value.
 * It reads logs line by line, so a value of several lines is never masked as a whole: it would mask each of its lines by
 * itself, a lone `{` too. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export function masksOf(pairs: readonly Pair[]): Masks {
  const masked = new Set<string>();
  const short = new Set<string>();
  for (const { name, value } of pairs) {
    if (typeof value !== 'string') continue;
    const leaves = leavesOf(value);
    const lines = value.split(/[\r\n]+/).map((line) => line.trim());
    for (const part of [...(leaves ?? []), ...lines]) if (part.length >= shortest) masked.add(part);
    if ((leaves ?? lines).some((part) => part !== '' && part.length < shortest)) short.add(name);
  }
  return { lines: [...masked].map((part) => `::add-mask::${escaped(part)}`), short: [...short] };
}

/** The strings and numbers of a JSON object or list, line by line; undefined for any other text. */
function leavesOf(text: string): string[] | undefined {
  const leaves: string[] = [];
  try {
    const json: unknown = JSON.parse(text, (_, value) => {
      if (typeof value === 'string') leaves.push(...value.split(/[\r\n]+/).map((line) => line.trim()));
      if (typeof value === 'number') leaves.push(String(value));
      return value;
    });
    return typeof json === 'object' && json !== null ? leaves : undefined;
  } catch {
    return undefined;
  }
}

/** As the runner reads the data of a command. */
const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
