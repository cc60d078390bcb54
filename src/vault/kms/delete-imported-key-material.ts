import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findKeyById, keyArnOf, requireOrigin, requireOwn } from './find-key.ts';
import { currentOf, removeMaterial } from './imported-materials.ts';
import { keyId, keyMaterialId } from './members.ts';
import { selectMaterial } from './rows.ts';
import { specs } from './specs.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html */
export const deleteImportedKeyMaterial = writing(
  { KeyId: required(keyId), KeyMaterialId: keyMaterialId },
  (call, { KeyId, KeyMaterialId }) => {
    const found = findKeyById(call, 'DeleteImportedKeyMaterial', KeyId);
    requireOwn(call, 'DeleteImportedKeyMaterial', found);
    requireOrigin(found, 'EXTERNAL');
    const key = currentOf(call, found);
    const id = KeyMaterialId ?? key.material_id;
    if (id === '') return { KeyId: keyArnOf(key) };
    if (!selectMaterial.get(call.database, key.account, key.region, key.key_id, id)) {
      throw new ApiError('NotFoundException', `Key material '${id}' does not exist`);
    }
    removeMaterial(call, key, id);
    return { KeyId: keyArnOf(key), KeyMaterialId: specs[key.spec].kind === 'symmetric' ? id : undefined };
  },
);
