import { UserError } from '../../errors.ts';

interface Place {
  key: string;
  /** Whether the text is JSON already. */
  isJson?: boolean;
  /** The JSON text that it replaces; undefined where the key is new. */
  old: string | undefined;
}

/**
 * The JSON text that takes the place of `old`: the text itself where it is JSON, or where that keeps the type of what is
 * there; else a string. Throws code `usage` for what is not JSON, and for a string in the place of an object or a list.
 */
export function asJson(text: string, { key, isJson, old = '""' }: Place): string {
  if (isJson) return checked(text);
  const kind = kindOf(old);
  if (kind !== 'string' && kindOf(text) === kind) return text.trim();
  if (kind !== 'object' && kind !== 'list') return JSON.stringify(text);
  throw new UserError('usage', `"${key}" holds a JSON ${kind}, and the value is not one`, {
    hints: ['nothing was changed; to put something else in its place: --json, with a string in quotes'],
  });
}

/** The parser's own message is left out, since it quotes the value. */
function checked(text: string): string {
  if (parse(text) !== undefined) return text.trim();
  throw new UserError('usage', 'the value is not JSON', {
    hints: ['nothing was changed; for a string leave out --json, or put it in double quotes'],
  });
}

function kindOf(json: string): string {
  const value = parse(json);
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
