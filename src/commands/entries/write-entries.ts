import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';
import type { Change, Writing } from './changes.ts';
import { requireFit } from './fit.ts';
import { writeFile } from './write-file.ts';
import { writeParameter } from './write-parameter.ts';
import { writeParameterTree } from './write-parameter-tree.ts';
import { writeSecret } from './write-secret.ts';
import { writeSecretTree } from './write-secret-tree.ts';

export type { Change, Writing } from './changes.ts';

/**
 * Changes what a reference names, and returns how many changes that were. The keys of one secret or parameter and the
 * pairs of a file change together or not at all; things below a path each for itself, so that a second run does what
 * the first could not. Throws code `usage` before anything is written, `conflict` where somebody else was faster, and `partial` once it has said of each
 * what came of it.
 */
export async function applyChanges(
  context: Context,
  target: string,
  changes: readonly Change[],
  writing: Writing,
): Promise<number> {
  requireFit(context.terminal, target, changes);
  if (changes.length > 0) await write(context, target, changes, writing);
  return changes.length;
}

async function write(context: Context, target: string, changes: readonly Change[], writing: Writing): Promise<void> {
  const reference = parseReference(target);
  switch (reference.kind) {
    case 'secret': {
      const { secretsManager } = await context.clients(reference.where);
      if (!isSecretTree(reference)) return writeSecret(secretsManager, reference, changes, writing);
      return writeSecretTree(context.terminal, { client: secretsManager, path: reference.id }, changes, writing);
    }
    case 'param': {
      const { ssm } = await context.clients(reference.where);
      if (!reference.tree) return writeParameter(ssm, reference, changes, writing);
      return writeParameterTree(context.terminal, { ssm, path: reference.name }, changes, writing);
    }
    case 'file':
      return writeFile(reference.path, changes, writing);
    default:
      throw new UserError('usage', `"${target}" cannot be written to`, {
        hints: ['a secret, a parameter, a path that ends with a slash, or a file can: secret:prod/app'],
      });
  }
}
