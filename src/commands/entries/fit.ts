import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Reference } from '../../reference/kinds.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';
import { parameterValue } from '../param/parameter-value.ts';
import { secretValue } from '../secret/secret-value.ts';
import { bytesOf, type Change } from './changes.ts';
import type { Entry } from './entries.ts';

/** Throws code `usage`, once it has said of each what is wrong, where the target cannot hold all of the changes. */
export function requireFit(terminal: Terminal, target: string, changes: readonly Change[]): void {
  const trouble = troubleIn(parseReference(target));
  const troubles = changes.flatMap(({ entry }) => {
    const said = entry && trouble(entry);
    return said === undefined ? [] : [`"${entry!.name}": ${said}`];
  });
  if (troubles.length === 0) return;
  for (const line of troubles) terminal.say(line);
  throw new UserError('usage', `${troubles.length} of ${changes.length} cannot be stored in "${target}"`, {
    hints: ['nothing was written; mend or leave out what is listed, or store it elsewhere'],
  });
}

type Trouble = (entry: Entry) => string | undefined;

function troubleIn(reference: Reference): Trouble {
  if (reference.kind === 'param' && reference.tree) {
    return ({ name, value }) => nameTrouble(reference.name + name) ?? parameterTrouble(value);
  }
  if (isSecretTree(reference) && reference.kind === 'secret') {
    return ({ name, value }) => secretNameTrouble(reference.id + name) ?? secretTrouble(value);
  }
  return () => undefined;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
function nameTrouble(name: string): string | undefined {
  if (!/^[\w./-]+$/.test(name)) return 'the name of a parameter has letters, digits and "/_.-"';
  if (/\/\/|\/$/.test(name)) return 'the name of a parameter has no empty level';
  if (/^\/?(?:aws|ssm)/i.test(name)) return 'the name of a parameter does not begin with "aws" or "ssm"';
  const levels = name.split('/').length - 1;
  if (levels > 15) return `the name of a parameter has at most 15 levels, this has ${levels}`;
  if (name.length > 1011) return `the name of a parameter has at most 1,011 characters, this has ${name.length}`;
  return undefined;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function secretNameTrouble(name: string): string | undefined {
  if (!/^[A-Za-z0-9/_+=.@!-]+$/.test(name)) return 'the name of a secret has letters, digits and "/_+=.@!-"';
  if (name.length > 512) return `the name of a secret has at most 512 characters, this has ${name.length}`;
  return undefined;
}

/** Why no parameter can hold a value; undefined where one can. */
export const parameterTrouble = (value: Entry['value']): string | undefined =>
  value.length === 0 ? 'a parameter holds at least one character' : refusal(() => parameterValue(bytesOf(value)));

/** Why no secret can hold a value; undefined where one can. */
export const secretTrouble = (value: Entry['value']): string | undefined =>
  value.length === 0 ? 'a secret holds at least one byte' : refusal(() => secretValue(bytesOf(value)));

function refusal(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
