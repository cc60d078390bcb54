import { reading } from '../operation.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity = reading({}, ({ account, principal, userId }) => ({
  UserId: userId,
  Account: account,
  Arn: principal,
}));
