import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import type { Entries } from '../entries/entries.ts';
import { applyChanges } from '../entries/write-entries.ts';
import { changesFor } from './changes.ts';
import type { Comparing } from './comparing.ts';
import type { Place } from './difference.ts';

export interface ApplyOptions extends PlanOptions {
  apply?: boolean;
  prune?: boolean;
  kmsKey?: string;
}

export const addApplyOptions = (command: Command): Command =>
  addPlanOptions(
    command
      .option('--apply', 'make the second like the first')
      .option('--prune', 'with --apply: remove what only the second has')
      .option('--kms-key <key>', "with --apply: the key that encrypts what is new (default: AWS's own)"),
  );

/** Throws code `usage` for options that mean nothing without `--apply`. */
export function requireApply({ apply, prune, kmsKey, dryRun, yes }: ApplyOptions): void {
  const given = { '--prune': prune, '--kms-key': kmsKey, '--dry-run': dryRun, '--yes': yes };
  const [idle] = Object.entries(given).find(([, value]) => value) ?? [];
  if (apply || !idle) return;
  throw new UserError('usage', `${idle} is for --apply: without it nothing is changed`);
}

interface Applying extends Comparing {
  readonly places: readonly Place[];
  readonly b: Entries;
}

/** Makes the second side like the first, once that is confirmed. Resolves to 1 where it is still to be done. */
export async function apply(context: Context, { places, b, wants }: Applying, options: ApplyOptions): Promise<0 | 1> {
  const { terminal } = context;
  const changes = changesFor(places, { b, wants, prune: options.prune });
  const left = options.prune ? 0 : onlyThere(places, wants);
  if (left > 0) terminal.remark(`${left} only in "${b.source}": to remove what only it has: --prune`);
  if (changes.length === 0) {
    terminal.remark('there is nothing to do');
    return 0;
  }
  const there = new Set(b.entries.map(({ name }) => name));
  const lines = changes.map(({ name, entry }) => {
    const act = entry ? (there.has(name) ? 'change' : 'add') : 'remove';
    return `${act} ${name === '' ? '' : `"${name}" of `}"${b.source}"`;
  });
  const question = `Change ${changes.length} of "${b.source}"?`;
  if (!(await confirmPlan(context, { lines, question }, options))) return 1;
  const done = await applyChanges(context, b.source, changes, { before: b, kmsKey: options.kmsKey });
  terminal.remark(`changed ${done} of "${b.source}"`);
  return 0;
}

const onlyThere = (places: readonly Place[], wants: Comparing['wants']) =>
  places.flatMap(({ differences }) => differences.filter(({ name, a }) => a === undefined && wants(name))).length;
