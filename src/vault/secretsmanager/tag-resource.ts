import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId, tags } from './members.ts';
import { findUsableSecret } from './names.ts';
import { mergeTags, tagsOf, writeTags } from './tags.ts';
import { touch } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export const tagResource = writing(
  { SecretId: required(secretId), Tags: required(tags) },
  (call, { SecretId, Tags }) => {
    const secret = findUsableSecret(call, SecretId);
    writeTags(call, secret, mergeTags(tagsOf(secret), Tags));
    touch(call, secret);
    return {};
  },
);
