import type { Environment } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { isSecretTree, parseReference, type Reference } from '../../reference/reference.ts';
import type { Valued } from '../variables/read-each.ts';

/** One variable that is asked for, and what names its value. */
export interface Wanted {
  readonly name: string;
  /** As typed, for messages. */
  readonly source: string;
  readonly reference: Valued;
  /** The option that asks for it. */
  readonly use: '--env' | '--file' | '--resolve';
}

/** Throws code `usage` for what names no single value. */
export function wantedFrom(name: string, source: string, use: Wanted['use']): Wanted {
  const reference = parseReference(source);
  if (reference.kind !== 'secret' && reference.kind !== 'param') {
    throw new UserError('usage', `expected a secret or a parameter, got "${source}"`);
  }
  if (!isMany(reference)) return { name, source, reference, use };
  const what = reference.kind === 'param' ? 'parameters' : 'secrets';
  throw new UserError('usage', `"${source}" names many ${what}, and ${use} ${name} takes one`, {
    hints: [`a variable for each of them: --env-from ${source}`],
  });
}

const isMany = (reference: Reference) => (reference.kind === 'param' && reference.tree) || isSecretTree(reference);

/** What looks like a reference and could hardly be anything else. An ARN may be wanted as the ARN it is. */
export const looksLikeReference = /^(?:(?:vault|profile=[^:]+|region=[^:]+):)*(?:secret|param):.|^\{\{resolve:/s;

/**
 * The variables of an environment whose whole value is a reference. Throws code `usage` for one that looks like it and is
 * none; by its name alone, since it may be a secret after all.
 */
export function wantedIn(environment: Environment): Wanted[] {
  return Object.entries(environment).flatMap(([name, value = '']) => {
    if (!looksLikeReference.test(value)) return [];
    try {
      return [wantedFrom(name, value, '--resolve')];
    } catch (cause) {
      throw new UserError('usage', `variable "${name}" looks like a reference to one value, and is none`, {
        hints: ['see "latchkey help references"', 'without --resolve it is passed on as it is'],
        cause,
      });
    }
  });
}
