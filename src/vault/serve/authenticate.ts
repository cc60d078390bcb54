import { rootOf } from '../caller.ts';
import { ApiError } from '../errors.ts';
import type { AccessKeys } from '../iam/access-keys.ts';
import type { ServiceName } from '../vault.ts';
import type { WireRequest } from '../wire/request.ts';
import type { Who } from '../wire/respond.ts';
import { isSignedWith } from './sign.ts';
import { type Signature, signatureOf } from './signature.ts';

export type FindCredentials = AccessKeys['find'];

interface Door {
  readonly find: FindCredentials;
  readonly clock: () => Date;
}

/** Lets in whoever signs with an access key of the vault. */
export function authenticateSigned({ find, clock }: Door, request: WireRequest, service: ServiceName): Who {
  const signature = signatureOf(request);
  if (!signature)
    throw new ApiError(names[service].missing, 'Request is missing Authentication Token', names[service].status);
  checkScope(signature, request, service);
  checkTime(signature, clock(), service);
  const found = find(signature.accessKeyId, signature.sessionToken, clock());
  const credentials = found === 'expired' ? undefined : found;
  // A key that nobody has is tried like any other: the time to refuse it must not tell the two apart.
  const fits = isSignedWith(credentials?.secret ?? nobody, request, signature);
  if (found === 'expired')
    throw new ApiError(
      names[service].expired,
      'The security token included in the request is expired',
      names[service].status,
    );
  if (!fits || !credentials)
    throw new ApiError(
      names[service].invalid,
      'The security token included in the request is invalid.',
      names[service].status,
    );
  credentials.noteUse?.();
  return { caller: credentials.caller, region: signature.region };
}

interface Loose {
  readonly account: string;
  readonly region: string;
}

/** Lets in whoever comes. A signature still says where to; an access key id of 12 digits names the account. */
export function authenticateAnyone({ account, region }: Loose, request: WireRequest): Who {
  const signature = attempt(() => signatureOf(request));
  const named = signature && /^\d{12}$/.test(signature.accessKeyId) ? signature.accessKeyId : account;
  return { caller: rootOf(named), region: signature?.region ?? region };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** As long as any secret. */
const nobody = '0'.repeat(40);

const json = {
  missing: 'MissingAuthenticationTokenException',
  invalid: 'UnrecognizedClientException',
  expired: 'ExpiredTokenException',
  signature: 'InvalidSignatureException',
  status: 400,
};
const query = {
  missing: 'MissingAuthenticationToken',
  invalid: 'InvalidClientTokenId',
  expired: 'ExpiredToken',
  signature: 'SignatureDoesNotMatch',
  status: 403,
};
/** What the services call their refusals. */
const names: Record<ServiceName, typeof json> = { secretsmanager: json, ssm: json, kms: json, sts: query };

function checkScope({ service, signedHeaders }: Signature, { headers }: WireRequest, wanted: ServiceName): void {
  const refuse = (message: string) => new ApiError(names[wanted].signature, message, names[wanted].status);
  if (service !== wanted) throw refuse(`Credential should be scoped to correct service: '${wanted}'.`);
  const unsigned = [...headers.keys()].find(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned) throw refuse(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);
}

const minute = 60_000;
const skew = 5 * minute;

/** Throws InvalidSignatureException for a signature that is not of now. */
function checkTime({ time, expires }: Signature, now: Date, service: ServiceName): void {
  const age = now.getTime() - Date.parse(time.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  const life = expires === undefined ? skew : expires * 1000;
  if (age >= -skew && age <= life) return;
  const { signature, status } = names[service];
  throw new ApiError(signature, age <= life ? tooEarly(time, now) : tooLate(time, now, life), status);
}

const tooEarly = (time: string, now: Date) =>
  `Signature not yet current: ${time} is still later than ${basic(now.getTime() + skew)} (${basic(now.getTime())} + 5 min.)`;

const tooLate = (time: string, now: Date, life: number) =>
  `Signature expired: ${time} is now earlier than ${basic(now.getTime() - life)} (${basic(now.getTime())} - ${life / minute} min.)`;

/** YYYYMMDDTHHMMSSZ */
const basic = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
