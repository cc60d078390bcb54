import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey } from './find-key.ts';
import { keyId } from './members.ts';
import { mergeTags, tags, tagsOf, writeTags } from './tags.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource = writing({ KeyId: required(keyId), Tags: required(tags) }, (call, { KeyId, Tags }) => {
  const key = findChangeableKey(call, 'TagResource', KeyId);
  writeTags(call, key, mergeTags(tagsOf(key), Tags));
  return {};
});
