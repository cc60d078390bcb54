import type { Kms } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { everyItem } from '../pages.ts';

/** Every key of the account in this Region: its id and ARN, all that ListKeys says. */
export const everyKey = (kms: Kms, terminal: Terminal) =>
  everyItem(
    terminal,
    async (Marker) => fromMarker(await kms.listKeys({ Marker, Limit: 1000 })),
    (page) => page.Keys,
  );

/** Every alias, or every alias of one key. */
export const everyAlias = (kms: Kms, terminal: Terminal, KeyId?: string) =>
  everyItem(
    terminal,
    async (Marker) => fromMarker(await kms.listAliases({ KeyId, Marker, Limit: 100 })),
    (page) => page.Aliases,
  );

/** KMS calls `NextMarker` what the other services call `NextToken`. */
export const fromMarker = <Page extends { NextMarker?: string }>(page: Page) => ({
  ...page,
  NextToken: page.NextMarker,
});
