import { ApiError } from './errors.ts';

/** Where a page ended: what kind of list it was, and the last row's place in it. */
export type Cursor = readonly [list: string, ...place: (string | number)[]];

/** A NextToken that carries the cursor; opaque to callers, base64url of JSON to us. */
export const tokenOf = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** The cursor in a NextToken. Throws the service's own error type unless it comes from the same kind of list as `start`. */
export function cursorOf<C extends Cursor>(token: string | undefined, start: C, type = 'InvalidNextTokenException'): C {
  if (token === undefined) return start;
  const cursor = parse(token);
  const fits =
    Array.isArray(cursor) &&
    cursor.length === start.length &&
    cursor[0] === start[0] &&
    cursor.every((part, index) => typeof part === typeof start[index]);
  if (!fits) throw new ApiError(type, 'Invalid pagination token');
  return cursor as unknown as C;
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}
