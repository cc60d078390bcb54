import { UserError } from '../../errors.ts';
import { utf8 } from '../secret/secret-value.ts';

/** A variable for the child. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** The reference its value came from, as typed. */
  readonly source: string;
  /** What names this value alone, where `source` names many. */
  readonly item?: string;
}

/** Bytes that one variable may take with its name, "=" and closing NUL: Linux's MAX_ARG_STRLEN. */
const linuxLimit = 128 * 1024;
/** Characters that one variable may take: https://learn.microsoft.com/windows/win32/procthread/environment-variables */
const windowsLimit = 32_767;

/**
 * The variables by name. Throws code `usage` for what no child could be given: two of one name, a NUL, more than the
 * system takes.
 */
export function byName(variables: Variable[], platform: string = process.platform): Map<string, Variable> {
  const found = new Map<string, Variable>();
  for (const variable of variables) {
    const other = found.get(variable.name);
    if (other) throw collision(variable, other);
    requireFit(variable, platform);
    found.set(variable.name, variable);
  }
  return found;
}

function collision({ name, source }: Variable, other: Variable): UserError {
  return new UserError('usage', `variable "${name}" is named twice: by "${other.source}" and by "${source}"`, {
    hints: ['nothing was started'],
  });
}

function requireFit(variable: Variable, platform: string): void {
  const { name, value, source } = variable;
  if (value.includes('\0')) {
    throw new UserError('usage', `"${source}" holds a NUL byte, which no variable can: "${name}"`, {
      hints: [asFile(variable)],
    });
  }
  const size = platform === 'win32' ? name.length + value.length + 2 : Buffer.byteLength(`${name}=${value}\0`);
  const limit = platform === 'win32' ? windowsLimit : linuxLimit;
  if (size <= limit || platform === 'darwin') return;
  const sizes = `${size.toLocaleString('en')} bytes, and this system takes at most ${limit.toLocaleString('en')}`;
  throw new UserError('usage', `variable "${name}" from "${source}" would have ${sizes}`, {
    hints: [asFile(variable)],
  });
}

/** The way out for what fits no variable. */
export const asFile = ({ name, source, item = source }: Pick<Variable, 'name' | 'source' | 'item'>): string =>
  `let the command read it from a file, whose path the variable holds: --file '${name}=${item}'`;

/** The text that a value is. Throws code `usage` for bytes that are none. */
export function textOf(name: string, value: string | Uint8Array, source: string): string {
  const text = typeof value === 'string' ? value : utf8(value);
  if (text !== undefined) return text;
  throw new UserError('usage', `"${source}" is binary, which no variable can hold`, {
    hints: [asFile({ name, source })],
  });
}
