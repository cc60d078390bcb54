import path from 'node:path';
import type { Environment } from '../context.ts';

/** Absolute path of the folder for what can be made again; undefined where there is none. */
export function cacheHome({ XDG_CACHE_HOME, HOME, LOCALAPPDATA }: Environment): string | undefined {
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA;
  if (!HOME || !path.isAbsolute(HOME)) return undefined;
  return path.join(HOME, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
