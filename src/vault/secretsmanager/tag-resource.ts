import { required } from '../shape.ts';
import { changing } from './changing.ts';
import { tags } from './members.ts';
import { mergeTags, tagsOf, writeTags } from './tags.ts';
import { touch } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export const tagResource = changing({ Tags: required(tags) }, (call, secret, { Tags }) => {
  writeTags(call, secret, mergeTags(tagsOf(secret), Tags));
  touch(call, secret);
  return {};
});
