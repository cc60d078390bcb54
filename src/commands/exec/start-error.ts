import { UserError } from '../../errors.ts';

/** What Node says of a command that could not be started, in our words. Anything else passes through untouched. */
export function startError(command: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError('no-command', `there is no command "${command}"`, {
        hints: hintsFor(command),
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return new UserError('not-runnable', `"${command}" may not be run`, {
        hints: [`look at it with "ls -l ${command}"`],
        cause: error,
      });
    case 'ENOEXEC':
      return new UserError('not-runnable', `"${command}" is not a program: its first line names none`, {
        hints: [`run it with a shell: -- sh ${command}`],
        cause: error,
      });
    case 'E2BIG':
      return new UserError('usage', 'the variables and arguments together are more than this system takes', {
        hints: ["let the command read large values from files: --file 'NAME=REFERENCE'"],
        cause: error,
      });
    default:
      return error;
  }
}

function hintsFor(command: string): string[] {
  if (/\s/.test(command)) return [`write the command and its arguments as separate words: -- ${command}`];
  if (process.platform === 'win32') return [`a .cmd or .bat file needs a shell: -- cmd /c ${command}`];
  return ['it is run without a shell; for one: -- sh -c "..."'];
}
