import { reading } from '../operation.ts';
import { integer } from '../shape.ts';
import { aliasArnOf, findKeyById } from './find-key.ts';
import { keyId, marker } from './members.ts';
import { page } from './page.ts';
import { type AliasRow, selectAliasesAfter, selectAliasesOfKeyAfter } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export const listAliases = reading(
  { KeyId: keyId, Limit: integer({ min: 1, max: 100 }), Marker: marker },
  (call, { KeyId, Limit = 50, Marker }) => {
    const { account, region, database, now } = call;
    const key = KeyId === undefined ? undefined : findKeyById(call, 'ListAliases', KeyId);
    const { rows, rest } = page(
      { limit: Limit, marker: Marker },
      (place, count) =>
        key
          ? selectAliasesOfKeyAfter.all(database, account, region, key.key_id, place, count)
          : selectAliasesAfter.all(database, account, region, now.getTime(), place, count),
      (alias) => alias.name,
    );
    return { Aliases: rows.map(entryOf), ...rest };
  },
);

const entryOf = (alias: AliasRow) => ({
  AliasName: alias.name,
  AliasArn: aliasArnOf(alias, alias.name),
  TargetKeyId: alias.key_id,
  CreationDate: new Date(alias.created),
  LastUpdatedDate: new Date(alias.updated),
});
