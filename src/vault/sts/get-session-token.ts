import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { duration, requireBothOfMfa, serialNumber, tokenCode } from './members.ts';
import { credentialsFor } from './session.ts';

const twelveHours = 43_200;
const anHour = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const getSessionToken = reading(
  { DurationSeconds: duration(129_600), SerialNumber: serialNumber, TokenCode: tokenCode },
  (call, { DurationSeconds = twelveHours, ...mfa }) => {
    if (call.isSession) {
      throw new ApiError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
    }
    requireBothOfMfa(mfa);
    const { account, principal, userId } = call;
    // A session of the account's root lasts an hour at most.
    const seconds = principal.endsWith(':root') ? Math.min(DurationSeconds, anHour) : DurationSeconds;
    return { Credentials: credentialsFor(call, { account, principal, userId }, seconds) };
  },
);
