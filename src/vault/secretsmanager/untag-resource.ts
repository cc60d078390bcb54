import { required } from '../shape.ts';
import { changing } from './changing.ts';
import { tagKeys } from './members.ts';
import { tagsOf, writeTags } from './tags.ts';
import { touch } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export const untagResource = changing({ TagKeys: required(tagKeys) }, (call, secret, { TagKeys }) => {
  const kept = tagsOf(secret).filter(({ Key }) => !TagKeys.includes(Key));
  writeTags(call, secret, kept);
  touch(call, secret);
  return {};
});
