import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { boolean, enumeration, string } from '../shape.ts';
import { metadataOf } from './metadata.ts';
import { makeKey } from './new-key.ts';
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
    Description: string({ max: 8192 }),
    KeySpec: keySpec,
    CustomerMasterKeySpec: keySpec,
    KeyUsage: enumeration(usage, 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC'),
    Origin: enumeration('EXTERNAL', 'AWS_CLOUDHSM', origin, 'EXTERNAL_KEY_STORE'),
    MultiRegion: boolean(),
    Policy: string({ min: 1, max: 131_072 }),
    Tags: tags,
  },
  (call, { Description = '', Policy, Tags = [], ...kind }) => {
    requireSymmetric(kind);
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
}

/** The vault makes keys of one kind: symmetric, of its own making, in one Region. */
function requireSymmetric({ KeySpec, CustomerMasterKeySpec, KeyUsage, Origin = origin, MultiRegion }: Kind): void {
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
  if (MultiRegion) throw unsupported('MultiRegion');
}

const invalid = (message: string) => new ApiError('ValidationException', message);

const unsupported = (what: string) =>
  new ApiError('UnsupportedOperationException', `${what} is not supported in the vault`);
