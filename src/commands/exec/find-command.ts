import fs from 'node:fs';
import path from 'node:path';
import type { Environment } from '../../context.ts';

/**
 * Where a command is by our own PATH, for a child that is given none. As it was where it is not found: the start then says
 * so. Windows has a PATH in every environment.
 */
export function findCommand(command: string, { PATH = '' }: Environment): string {
  if (process.platform === 'win32' || command.includes('/')) return command;
  const places = PATH.split(path.delimiter).map((folder) => path.resolve(folder, command));
  return places.find(isRunnable) ?? command;
}

function isRunnable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
