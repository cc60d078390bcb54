import { UserError } from '../../../errors.ts';

/** The alias with its `alias/` in front, which may be left out. Throws code `usage` for what AWS would not take. */
export function aliasName(text: string): string {
  const name = text.replace(/^(?:key:)?(?:alias\/)?/, '');
  if (!/^[a-zA-Z0-9/_-]{1,250}$/.test(name)) {
    throw new UserError('usage', `expected an alias of up to 250 letters, digits and "/_-", got "${text}"`);
  }
  if (name.startsWith('aws/'))
    throw new UserError('usage', `aliases that begin with "aws/" are AWS's own, got "${text}"`);
  return `alias/${name}`;
}
