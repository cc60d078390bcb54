import { writing } from '../operation.ts';
import { list, required } from '../shape.ts';
import { findChangeableKey } from './find-key.ts';
import { keyId } from './members.ts';
import { tagKey, tagsOf, writeTags } from './tags.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export const untagResource = writing(
  { KeyId: required(keyId), TagKeys: required(list(tagKey)) },
  (call, { KeyId, TagKeys }) => {
    const key = findChangeableKey(call, 'UntagResource', KeyId);
    writeTags(
      call,
      key,
      tagsOf(key).filter(({ TagKey }) => !TagKeys.includes(TagKey)),
    );
    return {};
  },
);
