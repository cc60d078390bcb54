/** Data as JSON can hold it: dates in ISO 8601, bytes in base64, and no absent members. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, member]) => member !== undefined && name !== '$metadata');
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}
