import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId, tagKeys } from './members.ts';
import { findUsableSecret } from './names.ts';
import { tagsOf, writeTags } from './tags.ts';
import { touch } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export const untagResource = writing(
  { SecretId: required(secretId), TagKeys: required(tagKeys) },
  (call, { SecretId, TagKeys }) => {
    const secret = findUsableSecret(call, SecretId);
    const kept = tagsOf(secret).filter(({ Key }) => !TagKeys.includes(Key));
    writeTags(call, secret, kept);
    touch(call, secret);
    return {};
  },
);
