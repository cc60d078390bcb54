import { ApiError } from '../errors.ts';

/** One page of a list: its rows, and what leads to the next. */
interface Page<Row> {
  readonly rows: Row[];
  readonly rest: { readonly Truncated: boolean; readonly NextMarker?: string };
}

/** Reads one row more than `limit`: it tells whether the list goes on. A marker holds the `place` of the last row. */
export function page<Row>(
  { limit, marker }: { limit: number; marker?: string },
  rowsAfter: (place: string, count: number) => Row[],
  placeOf: (row: Row) => string,
): Page<Row> {
  const rows = rowsAfter(marker === undefined ? '' : placeIn(marker), limit + 1);
  if (rows.length <= limit) return { rows, rest: { Truncated: false } };
  const shown = rows.slice(0, limit);
  return { rows: shown, rest: { Truncated: true, NextMarker: markerOf(placeOf(shown.at(-1)!)) } };
}

const prefix = 'after ';

const markerOf = (place: string) => Buffer.from(prefix + place).toString('base64url');

function placeIn(marker: string): string {
  const text = Buffer.from(marker, 'base64url').toString();
  if (!text.startsWith(prefix)) throw new ApiError('InvalidMarkerException', 'Invalid marker');
  return text.slice(prefix.length);
}
