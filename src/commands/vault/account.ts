import { UserError } from '../../errors.ts';

/** An account of AWS, as a flag has it. Throws code `usage`. */
export function readAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new UserError('usage', `an account has 12 digits, got "${text}"`);
}
