import { UserError } from '../errors.ts';

/** A policy document as it was written. Throws code `usage` for what is not a JSON object. */
export function readPolicy(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  if (isObject(text)) return text;
  throw new UserError('usage', 'a policy is a JSON object, and this is none', { hints: ['nothing was changed'] });
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
