import type { GrantListEntry, Kms } from '../../../aws/services.ts';
import { UserError } from '../../../errors.ts';

interface Wanted {
  id: string;
  said: string;
  /** The key as it was written. */
  text: string;
  grantId: string;
}

/** Throws code `not-found` where the key has no such grant. */
export async function findGrant(kms: Kms, { id, said, text, grantId }: Wanted): Promise<GrantListEntry> {
  const { Grants = [] } = await kms.listGrants({ KeyId: id, GrantId: grantId }).catch(nothingFor);
  const found = Grants.find(({ GrantId }) => GrantId === grantId);
  if (found) return found;
  throw new UserError('not-found', `${said} has no grant "${grantId}"`, {
    hints: [`see what there is: "latchkey key grant list ${text}"`],
  });
}

/** KMS answers so where there is no such grant, or where it is none. */
function nothingFor(error: Error): { Grants?: GrantListEntry[] } {
  if (/^(NotFoundException|InvalidGrantIdException)$/.test(error.name)) return {};
  throw error;
}

/** What ends with it. */
export function linesOf(what: 'revoke' | 'retire', grant: GrantListEntry, said: string): string[] {
  const { GrantId, Name, GranteePrincipal, GranteeServicePrincipal, Operations = [] } = grant;
  return [
    `${what} grant "${GrantId}"${Name ? ` (${Name})` : ''} on ${said}`,
    `"${GranteePrincipal ?? GranteeServicePrincipal}" may no longer do by it: ${Operations.join(', ')}`,
  ];
}
