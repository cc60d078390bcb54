import { ApiError } from '../errors.ts';
import { prepared } from '../operation.ts';
import { boolean, enumeration, string } from '../shape.ts';
import { deleteExpiredKeys } from './key-deletion.ts';
import { checkPolicy } from './key-policy.ts';
import { customKeyStoreId, description, policyText } from './members.ts';
import { metadataOf } from './metadata.ts';
import { makeKey } from './new-key.ts';
import { newMaterial } from './new-material.ts';
import { isSupported, type KeySpec, type KeyUsage, specs, unsupportedSpecs } from './specs.ts';
import { mergeTags, tags } from './tags.ts';

/** In the order in which AWS names them, then those that have come since. */
const keySpec = enumeration(
  'RSA_2048',
  'ECC_NIST_P384',
  'ECC_NIST_P256',
  'ECC_NIST_P521',
  'HMAC_384',
  'RSA_3072',
  'ECC_SECG_P256K1',
  'RSA_4096',
  'SYMMETRIC_DEFAULT',
  'HMAC_256',
  'HMAC_224',
  'HMAC_512',
  'ECC_NIST_EDWARDS25519',
  ...unsupportedSpecs,
);

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const createKey = prepared(
  'writing',
  {
    Description: description,
    KeySpec: keySpec,
    CustomerMasterKeySpec: keySpec,
    KeyUsage: enumeration('ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'),
    Origin: enumeration('EXTERNAL', 'AWS_CLOUDHSM', 'AWS_KMS', 'EXTERNAL_KEY_STORE'),
    MultiRegion: boolean(),
    Policy: policyText,
    BypassPolicyLockoutSafetyCheck: boolean(),
    CustomKeyStoreId: customKeyStoreId,
    XksKeyId: string({ min: 1, max: 128, pattern: '[a-zA-Z0-9-_.]+' }),
    Tags: tags,
  },
  async (input) => {
    const { spec, usage } = kindOf(input);
    requireSupported(input);
    return { spec, usage, bytes: input.Origin === 'EXTERNAL' ? undefined : await newMaterial(specs[spec]) };
  },
  (call, { Description = '', Policy, Tags = [], BypassPolicyLockoutSafetyCheck, MultiRegion }, made) => {
    if (Policy !== undefined) checkPolicy(call, Policy, BypassPolicyLockoutSafetyCheck);
    deleteExpiredKeys(call);
    const key = makeKey(call, {
      manager: 'CUSTOMER',
      description: Description,
      policy: Policy,
      tags: mergeTags([], Tags),
      multiRegion: MultiRegion,
      ...made,
    });
    return { KeyMetadata: metadataOf(call, key) };
  },
);

interface Kind {
  KeySpec?: string;
  CustomerMasterKeySpec?: string;
  KeyUsage?: string;
}

function kindOf({ KeySpec, CustomerMasterKeySpec, KeyUsage }: Kind): { spec: KeySpec; usage: KeyUsage } {
  if (KeySpec !== undefined && CustomerMasterKeySpec !== undefined) {
    throw invalid(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  }
  const spec = KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  if (!isSupported(spec)) throw unsupported(`KeySpec ${spec}`);
  const usage = KeyUsage ?? (spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : undefined);
  if (usage === undefined) {
    throw invalid('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.');
  }
  if (!(specs[spec].usages as readonly string[]).includes(usage)) {
    throw invalid(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
  return { spec, usage: usage as KeyUsage };
}

/** The vault has no hardware, its own or anybody's. */
function requireSupported(input: { Origin?: string; CustomKeyStoreId?: string; XksKeyId?: string }): void {
  const { Origin = 'AWS_KMS', CustomKeyStoreId, XksKeyId } = input;
  if (Origin !== 'AWS_KMS' && Origin !== 'EXTERNAL') throw unsupported(`Origin ${Origin}`);
  for (const [member, value] of Object.entries({ CustomKeyStoreId, XksKeyId })) if (value) throw unsupported(member);
}

const invalid = (message: string) => new ApiError('ValidationException', message);

const unsupported = (what: string) =>
  new ApiError('UnsupportedOperationException', `${what} is not supported in the vault`);
