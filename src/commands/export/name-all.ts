import { UserError } from '../../errors.ts';
import type { FormatName } from '../../formats/formats.ts';
import { type NameOptions, nameVariables } from '../variables/names.ts';
import type { Sourced } from './read-sources.ts';

/** Formats whose names may be any; the others have variables. */
const keepNames = new Set<FormatName>(['json', 'yaml', 'properties', 'csv']);

/**
 * The values by the names that the format writes: those of variables where it has variables, or where the command line
 * asks for them. Throws code `usage` where two would go by one name, and says where they are from.
 */
export function nameAll(found: readonly Sourced[], format: FormatName, options: NameOptions): Sourced[] {
  requireDistinct(found);
  if (keepNames.has(format) && options.prefix === undefined && options.names === undefined) return [...found];
  const made = nameVariables(
    found.filter(({ named }) => !named),
    options,
  );
  const all = [...made, ...found.filter(({ named }) => named)];
  requireDistinct(all);
  return all;
}

function requireDistinct(found: readonly Sourced[]): void {
  const sources = new Map<string, string>();
  for (const { name, source } of found) {
    const other = sources.get(name);
    sources.set(name, source);
    if (other === undefined) continue;
    throw new UserError('usage', `"${name}" is named twice: by "${other}" and by "${source}"`, {
      hints: ['export one of them by itself, with --prefix, or with another name: --env NAME=REFERENCE'],
    });
  }
}
