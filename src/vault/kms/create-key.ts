import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { boolean, enumeration, string } from '../shape.ts';
import { checkPolicy } from './key-policy.ts';
import { description, policyText } from './members.ts';
import { metadataOf } from './metadata.ts';
import { makeKey } from './new-key.ts';
import { deleteExpiredKeys } from './rows.ts';
import { mergeTags, tags } from './tags.ts';
import { symmetric } from './use.ts';

const usage = 'ENCRYPT_DECRYPT';
const origin = 'AWS_KMS';

/** In the order in which AWS names them. */
const keySpec = enumeration(
  'RSA_2048',
  'ECC_NIST_P384',
  'ECC_NIST_P256',
  'ECC_NIST_P521',
  'HMAC_384',
  'RSA_3072',
  'ECC_SECG_P256K1',
  'RSA_4096',
  symmetric,
  'HMAC_256',
  'HMAC_224',
  'HMAC_512',
);

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = writing(
  {
    Description: description,
    KeySpec: keySpec,
    CustomerMasterKeySpec: keySpec,
    KeyUsage: enumeration(usage, 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC'),
    Origin: enumeration('EXTERNAL', 'AWS_CLOUDHSM', origin, 'EXTERNAL_KEY_STORE'),
    MultiRegion: boolean(),
    Policy: policyText,
    BypassPolicyLockoutSafetyCheck: boolean(),
    CustomKeyStoreId: string({ min: 1, max: 64 }),
    XksKeyId: string({ min: 1, max: 128, pattern: '[a-zA-Z0-9-_.]+' }),
    Tags: tags,
  },
  (call, { Description = '', Policy, Tags = [], BypassPolicyLockoutSafetyCheck, ...kind }) => {
    requireSymmetric(kind);
    if (Policy !== undefined) checkPolicy(call, Policy, BypassPolicyLockoutSafetyCheck);
    deleteExpiredKeys.run(call.database, call.account, call.region, call.now.getTime());
    const key = makeKey(call, {
      manager: 'CUSTOMER',
      description: Description,
      policy: Policy,
      tags: mergeTags([], Tags),
    });
    return { KeyMetadata: metadataOf(key) };
  },
);

interface Kind {
  KeySpec?: string;
  CustomerMasterKeySpec?: string;
  KeyUsage?: string;
  Origin?: string;
  MultiRegion?: boolean;
  CustomKeyStoreId?: string;
  XksKeyId?: string;
}

/** The vault makes keys of one kind: symmetric, of its own making, in one Region. */
function requireSymmetric({ KeySpec, CustomerMasterKeySpec, KeyUsage, Origin = origin, ...more }: Kind): void {
  if (KeySpec !== undefined && CustomerMasterKeySpec !== undefined) {
    throw invalid(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  }
  const spec = KeySpec ?? CustomerMasterKeySpec ?? symmetric;
  if (spec === symmetric && (KeyUsage ?? usage) !== usage) {
    throw invalid(`KeyUsage ${KeyUsage} is not compatible with KeySpec ${spec}`);
  }
  if (spec !== symmetric && KeyUsage === undefined) {
    throw invalid('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.');
  }
  if (spec !== symmetric) throw unsupported(`KeySpec ${spec}`);
  if (Origin !== origin) throw unsupported(`Origin ${Origin}`);
  for (const [member, value] of Object.entries(more)) if (value) throw unsupported(member);
}

const invalid = (message: string) => new ApiError('ValidationException', message);

const unsupported = (what: string) =>
  new ApiError('UnsupportedOperationException', `${what} is not supported in the vault`);
