import { UserError } from '../../errors.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';
import type { Valued } from '../variables/read-each.ts';
import { applyFilters, filterNames } from './filters.ts';
import type { Hole, Literal, Problem, Scanned } from './hole.ts';

/** `{{ "{{" }}`: text to be printed as it is. */
const literal = /\{\{\s*("(?:[^"\\\n]|\\.)*")\s*\}\}/y;
/** Braces, and all up to the ones that close them; on one line, with none that open within. */
const braces = /\{\{((?:(?!\{\{|\}\})[^\n])*)\}\}/y;
/** Of three braces, the last two. */
const opening = /\{\{(?!\{)/g;
/** What is surely meant for us. */
const ours = /^\s*(?:(?:vault|profile=[^:]+|region=[^:]+):)*(?:secret|param|resolve|ssm|ssm-secure):|^\s*arn:aws/;

interface Scanning {
  /** Leave braces alone that hold no reference. */
  ignoreUnknown?: boolean;
}

/** Finds the references of a template, and all that is wrong with it. */
export function scanTemplate(text: string, { ignoreUnknown }: Scanning = {}): Scanned {
  const holes: (Hole | Literal)[] = [];
  const problems: Problem[] = [];
  let last = 0;
  for (const { index: at } of text.matchAll(opening)) {
    if (at < last) continue; // within text in quotes
    const found = match(literal, text, at) ?? match(braces, text, at);
    const inner = found?.[1] ?? lineFrom(text, at + 2);
    const end = at + (found?.[0].length ?? 2);
    try {
      if (!found && (!ignoreUnknown || ours.test(inner))) {
        throw new UserError('usage', 'expected "}}" on the same line behind "{{"');
      }
      const hole = found && holeOf(inner, { start: at, end }, ignoreUnknown);
      if (hole) holes.push(hole);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push({ at, message: error.message });
    }
    last = end;
  }
  return { holes, problems };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const lineFrom = (text: string, at: number) => /[^\n]*/y.exec(text.slice(at))![0];

type Place = Pick<Hole, 'start' | 'end'>;

function holeOf(inner: string, place: Place, ignoreUnknown?: boolean): Hole | Literal | undefined {
  if (/^\s*"/.test(inner)) return { ...place, text: textOf(inner.trim()) };
  const [named = '', ...filters] = inner.split('|').map((part) => part.trim());
  if (!ours.test(named)) {
    if (ignoreUnknown) return undefined;
    throw new UserError('usage', `expected a reference like secret:NAME or param:NAME, got "${shown(named)}"`);
  }
  const unknown = filters.find((name) => !filterNames.includes(name));
  if (unknown !== undefined) {
    throw new UserError('usage', `expected one of ${filterNames.join(', ')} behind "|", got "${shown(unknown)}"`);
  }
  return { ...place, reference: referenceOf(named), fill: (value) => applyFilters(value, filters) };
}

/** CloudFormation's and Systems Manager's forms say `resolve:ssm:NAME` and `ssm:NAME`. */
function referenceOf(named: string): Valued {
  const dynamic = /^(?:resolve:|(?=ssm(?:-secure)?:))(.*)$/s.exec(named);
  return oneValue(parseReference(dynamic ? `{{resolve:${dynamic[1]}}}` : named), named);
}

/** Throws code `usage` for a reference that does not name one value. */
export function oneValue(reference: ReturnType<typeof parseReference>, named: string): Valued {
  const isValued = reference.kind === 'secret' || reference.kind === 'param';
  if (!isValued) throw new UserError('usage', `expected a secret or a parameter, got "${shown(named)}"`);
  const isTree = reference.kind === 'param' ? reference.tree : isSecretTree(reference);
  if (isTree) throw new UserError('usage', `"${named}" names many, and this place takes one`);
  return reference;
}

function textOf(json: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    throw new UserError('usage', `expected text in double quotes, as in JSON, got ${shown(json)}`);
  }
}

/** No more of a template than tells which place is meant. */
const shown = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}...` : text);
