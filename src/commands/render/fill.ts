import { explain } from '../../aws/errors.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readEach, type Value } from '../variables/read-each.ts';
import type { Hole, Literal, Problem, Scanned } from './hole.ts';

export interface Template extends Scanned {
  /** What messages call it. */
  readonly name: string;
  readonly text: string;
}

/**
 * The text with each value in its place. All values are read side by side; where any is missing, or the template is
 * wrong, it says all there is to mend, and throws.
 */
export async function fill(context: Context, template: Template): Promise<string> {
  const holes = template.holes.filter((hole): hole is Hole => 'reference' in hole);
  const references = holes.map(({ reference }) => reference);
  const answers = await readEach(context, references).catch((error) => {
    if (template.problems.length === 0) throw error;
    return [];
  });
  const values = new Map<Hole | Literal, Value | Error | undefined>(holes.map((hole, at) => [hole, answers[at]]));
  const filled = template.holes.map((hole) => ({ hole, text: textOf(hole, values.get(hole)) }));
  const failed = filled.flatMap(({ hole, text }) => (text instanceof Error ? [{ at: hole.start, error: text }] : []));
  const problems = [
    ...template.problems.map(({ at, message }) => ({ at, error: new UserError('usage', message) })),
    ...failed,
  ];
  if (problems.length > 0) throw allOf(context, template, problems);
  return assembled(template.text, filled as Filled[]);
}

function textOf(hole: Hole | Literal, value: Value | Error | undefined): string | Error {
  if ('text' in hole) return hole.text;
  if (value === undefined || value instanceof Error) return value ?? '';
  try {
    return hole.fill(value);
  } catch (error) {
    return error as Error;
  }
}

interface Filled {
  readonly hole: Hole | Literal;
  readonly text: string;
}

/** Values are not looked at again: one that looks like a reference stays what it is. */
function assembled(text: string, filled: readonly Filled[]): string {
  const ends = [0, ...filled.map(({ hole }) => hole.end)];
  const parts = filled.map(({ hole, text: value }, index) => text.slice(ends[index], hole.start) + value);
  return parts.join('') + text.slice(ends.at(-1));
}

interface Found extends Pick<Problem, 'at'> {
  readonly error: Error;
}

/** Says each, in the order of the template; the error's code is that of the first. */
function allOf({ terminal }: Context, { name, text }: Template, problems: Found[]): Error {
  const known = [...problems]
    .sort((a, b) => a.at - b.at)
    .map(({ at, error }) => ({ at, error, said: error instanceof UserError ? error : explain(error) }));
  const unforeseen = known.find(({ said }) => said === undefined);
  if (unforeseen) return unforeseen.error;
  const lines = known.map(({ at, said }) => `${name}:${placeOf(text, at)}: ${said!.message}`);
  const [first] = known;
  const { code, hints } = first!.said!;
  if (lines.length === 1) return new UserError(code, lines[0]!, { hints, cause: first!.error });
  for (const line of lines) terminal.say(line);
  return new UserError(code, `${lines.length} things to mend in "${name}", nothing was written`, {
    cause: first!.error,
  });
}

/** As editors count: line and column, both from 1. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}
