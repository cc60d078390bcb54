import type { Environment } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { isAmong } from './among.ts';
import type { Variable } from './variable.ts';
import { looksLikeReference } from './wanted.ts';

export interface EnvironmentOptions {
  pristine?: boolean;
  /** Of our own environment, with `pristine`; `*` stands for anything. */
  keep?: string[];
  strict?: boolean;
}

/** What is passed on of our own environment. */
export function inherited(environment: Environment, { pristine, keep = [] }: EnvironmentOptions): Environment {
  if (!pristine) return environment;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isAmong(name, keep)));
}

/**
 * Throws what `--strict` does not let pass: code `conflict` for a variable that would take the place of one that is there,
 * `usage` for a reference that the command would get unresolved.
 */
export function requireStrict(
  passedOn: Environment,
  variables: Iterable<Variable>,
  resolved: ReadonlySet<string>,
): void {
  for (const { name, source } of variables) {
    if (passedOn[name] === undefined || resolved.has(name)) continue;
    throw new UserError(
      'conflict',
      `variable "${name}" is in the environment already, and "${source}" would replace it`,
      {
        hints: [`take it out: "unset ${name}"`, 'or let it be replaced: without --strict'],
      },
    );
  }
  for (const [name, value = ''] of Object.entries(passedOn)) {
    if (resolved.has(name) || !(looksLikeReference.test(value) || value.includes('{{resolve:'))) continue;
    throw new UserError('usage', `variable "${name}" holds a reference that nothing resolves`, {
      hints: ['--resolve resolves those that are all of a value'],
    });
  }
}

/** Both together, ours first. Windows knows no capitals in names of variables. */
export function together(
  passedOn: Environment,
  variables: ReadonlyMap<string, { value: string }>,
  platform: string = process.platform,
): Record<string, string> {
  const same = (name: string) => (platform === 'win32' ? name.toUpperCase() : name);
  const ours = new Set([...variables.keys()].map(same));
  const others = Object.entries(passedOn).filter(([name, value]) => value !== undefined && !ours.has(same(name)));
  return Object.fromEntries([...others, ...[...variables].map(([name, { value }]) => [name, value])] as [
    string,
    string,
  ][]);
}
