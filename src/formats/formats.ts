import path from 'node:path';
import type { Format } from './pair.ts';

export const formatNames = [
  ...(['dotenv', 'shell', 'fish', 'powershell', 'json', 'yaml', 'properties', 'csv'] as const),
  ...(['docker', 'github', 'gitlab'] as const),
] as const;
export type FormatName = (typeof formatNames)[number];

/** Each is loaded when it is the one that is wanted. */
const formats: Record<FormatName, () => Promise<Format>> = {
  dotenv: async () => (await import('./dotenv.ts')).format,
  shell: async () => (await import('./shell.ts')).format,
  fish: async () => (await import('./fish.ts')).format,
  powershell: async () => (await import('./powershell.ts')).format,
  json: async () => (await import('./json.ts')).format,
  yaml: async () => (await import('./yaml.ts')).yamlFormat(await import('yaml')),
  properties: async () => (await import('./properties.ts')).format,
  csv: async () => (await import('./csv.ts')).format,
  docker: async () => (await import('./docker.ts')).format,
  github: async () => (await import('./github.ts')).format,
  gitlab: async () => (await import('./gitlab.ts')).format,
};

export const loadFormat = (name: FormatName): Promise<Format> => formats[name]();

const byEnding: Readonly<Record<string, FormatName>> = {
  ...({ '.json': 'json', '.yaml': 'yaml', '.yml': 'yaml', '.properties': 'properties', '.csv': 'csv' } as const),
  ...({ '.env': 'dotenv', '.sh': 'shell', '.bash': 'shell', '.zsh': 'shell' } as const),
  ...({ '.fish': 'fish', '.ps1': 'powershell' } as const),
};

/** By its ending, or as `.env.local` and the like are called. */
export function formatOfFile(file: string): FormatName | undefined {
  const name = path.basename(file).toLowerCase();
  const ending = name === '.env' ? name : path.extname(name);
  return byEnding[ending] ?? (name.startsWith('.env.') ? 'dotenv' : undefined);
}
