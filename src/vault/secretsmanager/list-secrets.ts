import { type Call, reading } from '../operation.ts';
import { boolean, enumeration } from '../shape.ts';
import { filters } from './filters.ts';
import { maxResults, nextToken } from './members.ts';
import { metadataOf, versionsToStages } from './metadata.ts';
import { listPage } from './pages.ts';
import type { SecretRow } from './rows.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
export const listSecrets = reading(
  {
    IncludePlannedDeletion: boolean(),
    MaxResults: maxResults,
    NextToken: nextToken,
    Filters: filters,
    SortOrder: enumeration('asc', 'desc'),
    SortBy: enumeration('created-date', 'last-accessed-date', 'last-changed-date', 'name'),
  },
  (call, { MaxResults = 100, ...input }) => {
    const { page, NextToken } = listPage(call, input, MaxResults);
    return { SecretList: page.map((secret) => entryOf(call, secret)), NextToken };
  },
);

const entryOf = (call: Call, secret: SecretRow) => ({
  ...metadataOf(secret),
  SecretVersionsToStages: versionsToStages(call, secret),
});
