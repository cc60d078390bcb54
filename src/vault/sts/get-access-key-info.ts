import { ApiError } from '../errors.ts';
import { selectAccessKey } from '../iam/rows.ts';
import { reading } from '../operation.ts';
import { required, string } from '../shape.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
export const getAccessKeyInfo = reading(
  { AccessKeyId: required(string({ min: 16, max: 128, pattern: '[\\w]*' })) },
  (call, { AccessKeyId }) => {
    // A key that a server lends is in no table: whoever signs with it may ask about it.
    const isOwn = !call.isSession && AccessKeyId === call.accessKeyId;
    const row = isOwn ? call : selectAccessKey.get(call.database, AccessKeyId);
    if (!row) throw new ApiError('ValidationError', `Invalid AccessKeyId: ${AccessKeyId}`);
    return { Account: row.account };
  },
);
