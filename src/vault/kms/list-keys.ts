import { reading } from '../operation.ts';
import { integer } from '../shape.ts';
import { keyArnOf } from './find-key.ts';
import { marker } from './members.ts';
import { page } from './page.ts';
import { selectKeysAfter } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export const listKeys = reading(
  { Limit: integer({ min: 1, max: 1000 }), Marker: marker },
  ({ database, account, region, now }, { Limit = 100, Marker }) => {
    const { rows, rest } = page(
      { limit: Limit, marker: Marker },
      (place, count) => selectKeysAfter.all(database, account, region, now.getTime(), place, count),
      (key) => key.key_id,
    );
    return { Keys: rows.map((key) => ({ KeyId: key.key_id, KeyArn: keyArnOf(key) })), ...rest };
  },
);
