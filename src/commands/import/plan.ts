import { isSecretTree, parseReference } from '../../reference/reference.ts';
import { bytesOf, type Change } from '../entries/changes.ts';
import type { Entry } from '../entries/entries.ts';
import { needsAdvanced } from '../param/parameter-value.ts';
import { dollars, prices } from '../prices.ts';
import type { Comparison } from './compare.ts';
import { routeOf } from './route.ts';

/** What would be done at one place, a line for each name; no values. `why` has the rules that chose the place. */
export function planLines(comparison: Comparison, why: ReadonlyMap<string, string>): string[] {
  const { target, changes, skipped } = comparison;
  const head = makesSecret(comparison) ? [`make "${target}", for ${dollars(prices.secret)} a month`] : [];
  const lines = changes.map((change) => lineFor(comparison, change, why.get(change.name)));
  return [...head, ...lines, ...skipped.map((name) => `leave "${name}" in "${target}" as it is`)];
}

function lineFor(comparison: Comparison, change: Change, why: string | undefined): string {
  const { name, entry } = change;
  const { target } = comparison;
  if (!entry) return `remove "${name}" from "${target}"${wayBack(target)}`;
  const isThere = comparison.known.has(name);
  const type = !isThere && entry.type ? ` as ${entry.type}` : '';
  const cost = costOf(comparison, change);
  const price = cost > 0 ? `${dollars(cost)} a month` : 'costs nothing';
  const reasons = [why, why || cost > 0 ? price : undefined, doubtOf(comparison, entry)].filter(Boolean);
  return `${isThere ? 'change' : 'add'} "${name}" ${isThere ? 'in' : 'to'} "${target}"${type}${
    reasons.length > 0 ? ` (${reasons.join('; ')})` : ''
  }`;
}

/** What is there keeps its type, so a secret could come to lie open. */
function doubtOf({ known, target }: Comparison, entry: Entry): string | undefined {
  const stored = known.get(entry.name)?.type ?? entry.type;
  if (parseReference(target).kind !== 'param' || !stored?.startsWith('String')) return undefined;
  return routeOf(entry).to === 'secret' ? `a ${stored} is not encrypted, and this looks like a secret` : undefined;
}

function wayBack(target: string): string {
  const reference = parseReference(target);
  if (isSecretTree(reference)) return ', in 30 days; until then it can be restored';
  return reference.kind === 'param' && reference.tree ? ', with all versions, for good' : '';
}

const makesSecret = ({ target, isNew, changes }: Comparison) => {
  const reference = parseReference(target);
  return isNew && changes.length > 0 && reference.kind === 'secret' && !isSecretTree(reference);
};

/** What a change adds to the bill, in dollars a month. */
function costOf(comparison: Comparison, { name, entry }: Change): number {
  const reference = parseReference(comparison.target);
  if (!entry) return 0;
  if (isSecretTree(reference)) return comparison.known.has(name) ? 0 : prices.secret;
  if (reference.kind !== 'param' || !reference.tree) return 0;
  return isLong(entry.value) && !isLong(comparison.known.get(name)?.value) ? prices.advanced : 0;
}

const isLong = (value: string | Uint8Array | undefined) =>
  value !== undefined && needsAdvanced(Buffer.from(bytesOf(value)).toString());

/** What all of it adds to the bill. */
export const monthlyCost = (comparison: Comparison): number =>
  comparison.changes.reduce(
    (sum, change) => sum + costOf(comparison, change),
    makesSecret(comparison) ? prices.secret : 0,
  );
