import { ApiError } from '../errors.ts';
import { prepared } from '../operation.ts';
import { enumeration, required } from '../shape.ts';
import { findChangeableKey, keyArnOf, requireOrigin } from './find-key.ts';
import { sealImportToken } from './import-token.ts';
import { keyId } from './members.ts';
import { day } from './rotation.ts';
import { newWrappingKey, requireWraps, type WrappingAlgorithm, type WrappingKeySpec } from './wrapping.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html */
export const getParametersForImport = prepared(
  'reading',
  {
    KeyId: required(keyId),
    WrappingAlgorithm: required(
      enumeration(
        'RSAES_PKCS1_V1_5',
        'RSAES_OAEP_SHA_1',
        'RSAES_OAEP_SHA_256',
        'RSA_AES_KEY_WRAP_SHA_1',
        'RSA_AES_KEY_WRAP_SHA_256',
        'SM2PKE',
      ),
    ),
    WrappingKeySpec: required(enumeration('RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2')),
  },
  async ({ WrappingAlgorithm, WrappingKeySpec }) => {
    const algorithm = supported(WrappingAlgorithm);
    const spec = supported(WrappingKeySpec);
    return { algorithm, spec, ...(await newWrappingKey(spec)) };
  },
  (call, { KeyId }, { algorithm, spec, publicKey, privateKey }) => {
    const key = findChangeableKey(call, 'GetParametersForImport', KeyId);
    requireOrigin(key, 'EXTERNAL');
    requireWraps(algorithm, spec, key);
    const expires = call.now.getTime() + day;
    return {
      KeyId: keyArnOf(key),
      ImportToken: sealImportToken(call, key, { algorithm, privateKey, expires }),
      PublicKey: publicKey,
      ParametersValidTo: new Date(expires),
    };
  },
);

type Supported = WrappingAlgorithm | WrappingKeySpec;

/** Throws UnsupportedOperationException for what AWS has no more, or has in China alone. */
function supported<Value extends string>(value: Value): Extract<Value, Supported> {
  if (value !== 'RSAES_PKCS1_V1_5' && !value.startsWith('SM2')) return value as Extract<Value, Supported>;
  throw new ApiError('UnsupportedOperationException', `${value} is not supported for wrapping key material`);
}
