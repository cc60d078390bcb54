import type { Caller } from '../caller.ts';
import { newAccessKey } from '../iam/access-key.ts';
import { tokenOf } from '../iam/session-token.ts';
import type { Call } from '../operation.ts';

/** Temporary credentials for `caller`, in the form of https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html */
export function credentialsFor(call: Call, caller: Omit<Caller, 'accessKeyId' | 'isSession'>, seconds: number) {
  const expires = call.now.getTime() + seconds * 1000;
  const key = newAccessKey('ASIA');
  const session = { key, caller: { ...caller, accessKeyId: call.accessKeyId, isSession: true }, expires };
  return {
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    SessionToken: tokenOf(call.sealer, session),
    Expiration: new Date(expires),
  };
}
