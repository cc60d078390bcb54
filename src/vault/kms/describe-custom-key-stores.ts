import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { integer } from '../shape.ts';
import { customKeyStoreId, customKeyStoreName, marker } from './members.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeCustomKeyStores.html */
export const describeCustomKeyStores = reading(
  {
    CustomKeyStoreId: customKeyStoreId,
    CustomKeyStoreName: customKeyStoreName,
    Limit: integer({ min: 1, max: 1000 }),
    Marker: marker,
  },
  (_call, { CustomKeyStoreId, CustomKeyStoreName }) => {
    if (CustomKeyStoreId !== undefined && CustomKeyStoreName !== undefined) {
      throw new ApiError('ValidationException', 'Specify either CustomKeyStoreId or CustomKeyStoreName, but not both.');
    }
    const wanted = CustomKeyStoreId ?? CustomKeyStoreName;
    if (wanted !== undefined) {
      throw new ApiError('CustomKeyStoreNotFoundException', `The custom key store ${wanted} does not exist.`);
    }
    return { CustomKeyStores: [], Truncated: false };
  },
);
