import { ApiError } from '../errors.ts';
import { type Call, writing } from '../operation.ts';
import { blob, enumeration, type Input, required, string, timestamp } from '../shape.ts';
import { expiryIn } from './expiration.ts';
import { findChangeableKey, keyArnOf, requireOrigin } from './find-key.ts';
import { openImportToken } from './import-token.ts';
import { associate, currentOf, importedMaterialId, store } from './imported-materials.ts';
import { fitting } from './material-fits.ts';
import { keyId, keyMaterialId } from './members.ts';
import { requireNoReplica } from './multi-region.ts';
import { type KeyRow, selectMaterial } from './rows.ts';
import { specs } from './specs.ts';
import { unwrap } from './wrapping.ts';

const members = {
  KeyId: required(keyId),
  ImportToken: required(blob({ min: 1, max: 6144 })),
  EncryptedKeyMaterial: required(blob({ min: 1, max: 6144 })),
  ValidTo: timestamp(),
  ExpirationModel: enumeration('KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE'),
  ImportType: enumeration('NEW_KEY_MATERIAL', 'EXISTING_KEY_MATERIAL'),
  KeyMaterialDescription: string({ max: 256, pattern: '[a-zA-Z0-9:/_\\s.-]+' }),
  KeyMaterialId: keyMaterialId,
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html */
export const importKeyMaterial = writing(members, (call, input) => {
  const { KeyId, ExpirationModel, ValidTo, KeyMaterialDescription: description } = input;
  const expires = expiryIn(call.now, ExpirationModel, ValidTo);
  const found = findChangeableKey(call, 'ImportKeyMaterial', KeyId);
  requireOrigin(found, 'EXTERNAL');
  requireSymmetric(found, input);
  const key = currentOf(call, found);
  const bytes = materialIn(call, key, input);
  const id = importedMaterialId(key.key_id, bytes);
  if (specs[key.spec].kind === 'symmetric') requireExpected(call, key, id, input);
  else if (key.material_id !== '' && key.material_id !== id) throw incorrect('It is not what was imported before.');
  if (!isKnown(call, key, id)) {
    requireNoReplica(key);
    associate(call, key, id);
  }
  store(call, key, { id, bytes, description, expires });
  return { KeyId: keyArnOf(key), KeyMaterialId: specs[key.spec].kind === 'symmetric' ? id : undefined };
});

type Given = Input<typeof members>;

/** Throws UnsupportedOperationException for what tells several materials of a key apart: other keys have one for good. */
function requireSymmetric(key: KeyRow, { ImportType, KeyMaterialDescription, KeyMaterialId }: Given): void {
  if (specs[key.spec].kind === 'symmetric') return;
  for (const [member, value] of Object.entries({ ImportType, KeyMaterialDescription, KeyMaterialId })) {
    if (value === undefined) continue;
    const message = `${member} is not supported for ${keyArnOf(key)} with key spec ${key.spec}.`;
    throw new ApiError('UnsupportedOperationException', message);
  }
}

/** Unwraps what is imported. Throws the errors that AWS has for a token, a ciphertext and a material. */
function materialIn(call: Call, key: KeyRow, { ImportToken, EncryptedKeyMaterial }: Given): Uint8Array {
  const { algorithm, privateKey } = openImportToken(call, key, ImportToken);
  const unwrapped = unwrap(algorithm, privateKey, EncryptedKeyMaterial);
  if (!unwrapped) throw new ApiError('InvalidCiphertextException');
  const bytes = fitting(specs[key.spec], unwrapped);
  if (!bytes) throw incorrect(`It is not of the key spec ${key.spec}.`);
  return bytes;
}

/** Throws unless a material is new, or known, as its import says. */
function requireExpected(call: Call, key: KeyRow, id: string, { ImportType, KeyMaterialId }: Given): void {
  const type = ImportType ?? (key.material_id === '' ? 'NEW_KEY_MATERIAL' : 'EXISTING_KEY_MATERIAL');
  if (type === 'NEW_KEY_MATERIAL') {
    if (KeyMaterialId !== undefined) {
      throw new ApiError('ValidationException', 'KeyMaterialId cannot be set if the ImportType is NEW_KEY_MATERIAL');
    }
    requireNew(key, id, isKnown(call, key, id));
    return;
  }
  if (KeyMaterialId !== undefined && KeyMaterialId !== id) throw incorrect('It is not what KeyMaterialId names.');
  if (!isKnown(call, key, id)) throw incorrect('It is not what was imported before.');
}

const isKnown = ({ database }: Call, { account, region, key_id }: KeyRow, id: string): boolean =>
  selectMaterial.get(database, account, region, key_id, id) !== undefined;

function requireNew(key: KeyRow, id: string, isThere: boolean): void {
  const next = key.next_material_id;
  if (next !== null && next !== id) {
    throw new ApiError(
      'KMSInvalidStateException',
      `New key material (id: ${id}) cannot be imported into KMS key ${key.key_id}, because another key material (id: ${next}) is pending rotation.`,
    );
  }
  if (isThere && next !== id) throw incorrect('It was imported before.');
}

const incorrect = (why: string) =>
  new ApiError('IncorrectKeyMaterialException', `The key material is not what this key expects. ${why}`);
