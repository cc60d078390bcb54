import { randomBytes } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { customKeyStoreId, numberOfBytes, recipient } from './members.ts';
import { requireNoRecipient } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html */
export const generateRandom = reading(
  { NumberOfBytes: numberOfBytes, CustomKeyStoreId: customKeyStoreId, Recipient: recipient },
  (_call, { NumberOfBytes, CustomKeyStoreId, Recipient }) => {
    requireNoRecipient(Recipient);
    if (CustomKeyStoreId !== undefined) throw new ApiError('CustomKeyStoreNotFoundException');
    if (NumberOfBytes === undefined) throw new ApiError('ValidationException', 'NumberOfBytes is required.');
    return { Plaintext: randomBytes(NumberOfBytes) };
  },
);
