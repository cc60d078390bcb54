import { randomBytes } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { numberOfBytes } from './members.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html */
export const generateRandom = reading({ NumberOfBytes: numberOfBytes }, (_call, { NumberOfBytes }) => {
  if (NumberOfBytes === undefined) throw new ApiError('ValidationException', 'NumberOfBytes is required.');
  return { Plaintext: randomBytes(NumberOfBytes) };
});
