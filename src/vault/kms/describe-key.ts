import { writingWhen } from '../operation.ts';
import { required } from '../shape.ts';
import { findKey, nameIn } from './find-key.ts';
import { grantTokens, keyId } from './members.ts';
import { metadataOf } from './metadata.ts';
import { managedAliasIn, managedKey } from './new-key.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = writingWhen(
  ({ KeyId }) => managedAliasIn(KeyId) !== undefined,
  { KeyId: required(keyId), GrantTokens: grantTokens },
  (call, { KeyId }) => {
    const managed = managedAliasIn(nameIn(call, 'DescribeKey', KeyId));
    return { KeyMetadata: metadataOf(call, managed ? managedKey(call, managed) : findKey(call, 'DescribeKey', KeyId)) };
  },
);
