import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { parseReference } from '../../reference/reference.ts';
import type { Details, DetailsByName } from './details.ts';
import { parameterDetails } from './parameter-details.ts';
import { secretDetails } from './secret-details.ts';
import type { Shown } from './shown.ts';
import type { Failure } from './side.ts';

export interface MetaDifferences {
  readonly items: Shown[];
  readonly failed: Failure[];
}

interface Side {
  readonly kind: 'secret' | 'param';
  readonly details: DetailsByName;
}

/** How what is in both sides differs in all but the value. What only one kind of thing has is compared with that kind. */
export async function metaDifferences(context: Context, sources: readonly [string, string]): Promise<MetaDifferences> {
  const [a, b] = await Promise.all([readDetails(context, sources[0]), readDetails(context, sources[1])]);
  const items: Shown[] = [];
  const failed: Failure[] = [];
  for (const [name, from] of a.details) {
    const to = b.details.get(name);
    if (from instanceof Error) failed.push({ name, error: from, source: sources[0] });
    else if (to instanceof Error) failed.push({ name, error: to, source: sources[1] });
    else if (to) items.push(...differences(name, from, to, a.kind === b.kind));
  }
  return { items, failed };
}

async function readDetails(context: Context, source: string): Promise<Side> {
  const reference = parseReference(source);
  if (reference.kind !== 'secret' && reference.kind !== 'param') {
    throw new UserError('usage', `--meta: "${source}" has values and nothing else`, {
      hints: ['secrets and parameters have tags, descriptions and keys'],
    });
  }
  const clients = await context.clients(reference.where);
  const details =
    reference.kind === 'secret'
      ? await secretDetails(context.terminal, clients.secretsManager, reference)
      : await parameterDetails(context.terminal, clients.ssm, reference);
  return { kind: reference.kind, details };
}

const ofBoth = /^(description|key|tag .*)$/s;

function differences(Name: string, from: Details, to: Details, alike: boolean): Shown[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names
    .filter((Of) => from[Of] !== to[Of] && (alike || ofBoth.test(Of)))
    .map((Of) => ({ Name, Of, Change: changeOf(from[Of], to[Of]), From: from[Of], To: to[Of] }));
}

function changeOf(from: string | undefined, to: string | undefined): Shown['Change'] {
  if (from === undefined) return 'added';
  return to === undefined ? 'removed' : 'changed';
}
