import { reading } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { findKeyById } from './find-key.ts';
import { keyId, marker } from './members.ts';
import { page } from './page.ts';
import { tagsOf } from './tags.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags = reading(
  { KeyId: required(keyId), Limit: integer({ min: 1, max: 50 }), Marker: marker },
  (call, { KeyId, Limit = 50, Marker }) => {
    const tags = tagsOf(findKeyById(call, 'ListResourceTags', KeyId));
    const after = (place: string) => tags.findIndex(({ TagKey }) => TagKey === place) + 1;
    const { rows, rest } = page(
      { limit: Limit, marker: Marker },
      (place, count) => tags.slice(after(place), after(place) + count),
      ({ TagKey }) => TagKey,
    );
    return { Tags: rows, ...rest };
  },
);
