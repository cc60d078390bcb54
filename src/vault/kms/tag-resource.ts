import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findKeyById, requireOwn } from './find-key.ts';
import { keyId } from './members.ts';
import { mergeTags, tags, tagsOf, writeTags } from './tags.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource = writing({ KeyId: required(keyId), Tags: required(tags) }, (call, { KeyId, Tags }) => {
  const key = findKeyById(call, 'TagResource', KeyId);
  requireOwn(call, 'TagResource', key);
  writeTags(call, key, mergeTags(tagsOf(key), Tags));
  return {};
});
