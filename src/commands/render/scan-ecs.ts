import { UserError } from '../../errors.ts';
import { type Span, spansOf } from '../../formats/json-spans.ts';
import { parseReference } from '../../reference/reference.ts';
import { applyFilters } from './filters.ts';
import type { Hole, Problem, Scanned } from './hole.ts';
import { oneValue } from './scan-template.ts';

/**
 * Finds each `{ "name": ..., "valueFrom": ... }` of an ECS task definition, or of a part of one: `valueFrom` becomes
 * `value`, and all else stays to the letter. It holds the ARN of a secret or a parameter, or a parameter's name.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
export function scanEcs(json: string): Scanned {
  const holes: Hole[] = [];
  const problems: Problem[] = [];
  for (const span of valuesFrom(scan(json), json)) {
    try {
      holes.push(holeOf(json, span));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push({ at: span.start, message: error.message });
    }
  }
  if (holes.length + problems.length > 0) return { holes, problems };
  throw new UserError('usage', 'there is no "valueFrom" in it', {
    hints: ['a template with {{ references }} is rendered without --ecs'],
  });
}

function scan(json: string): Span {
  try {
    JSON.parse(json);
  } catch {
    throw new UserError('usage', 'expected a task definition of ECS, which is JSON');
  }
  return spansOf(json);
}

function valuesFrom({ members }: Span, json: string): Span[] {
  if (!members) return [];
  const own = members.get('valueFrom');
  const isOne = own !== undefined && members.has('name') && json[own.start] === '"';
  return [...(isOne ? [own] : []), ...[...members.values()].flatMap((one) => valuesFrom(one, json))];
}

function holeOf(json: string, { start, end }: Span): Hole {
  const named = JSON.parse(json.slice(start, end)) as string;
  const reference = oneValue(parseReference(named, 'param'), named);
  const keyEnd = json.lastIndexOf('"', start - 1);
  const fill: Hole['fill'] = (value) => `"value"${json.slice(keyEnd + 1, start)}${applyFilters(value, ['json'])}`;
  return { start: json.lastIndexOf('"', keyEnd - 1), end, reference, fill };
}
