import { UserError } from '../../errors.ts';

/** A variable for the child, and the reference its value came from. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

/** Bytes that one variable may take with its name, "=" and closing NUL: Linux's MAX_ARG_STRLEN. */
const linuxLimit = 128 * 1024;
/** Characters that one variable may take: https://learn.microsoft.com/windows/win32/procthread/environment-variables */
const windowsLimit = 32_767;

/**
 * The variables as an environment. Throws code `usage` for what no child could be given: two of one name, a NUL, more
 * than the system takes.
 */
export function toEnvironment(variables: Variable[], platform: string = process.platform): Record<string, string> {
  const byName = new Map<string, Variable>();
  for (const variable of variables) {
    const other = byName.get(variable.name);
    if (other) throw collision(variable, other);
    requireFit(variable, platform);
    byName.set(variable.name, variable);
  }
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

function collision({ name, source }: Variable, other: Variable): UserError {
  return new UserError('usage', `variable "${name}" is named twice: by "${other.source}" and by "${source}"`, {
    hints: ['nothing was started'],
  });
}

function requireFit({ name, value, source }: Variable, platform: string): void {
  if (value.includes('\0')) {
    throw new UserError('usage', `"${source}" holds a NUL byte, which no variable can: "${name}"`, {
      hints: [`let the command read it: latchkey secret get '${source}'`],
    });
  }
  const size = platform === 'win32' ? name.length + value.length + 2 : Buffer.byteLength(`${name}=${value}\0`);
  const limit = platform === 'win32' ? windowsLimit : linuxLimit;
  if (size <= limit || platform === 'darwin') return;
  const sizes = `${size.toLocaleString('en')} bytes, and this system takes at most ${limit.toLocaleString('en')}`;
  throw new UserError('usage', `variable "${name}" from "${source}" would have ${sizes}`, {
    hints: ['put it into a file, and let the command read that: "latchkey secret get NAME > FILE"'],
  });
}
