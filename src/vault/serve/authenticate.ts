import { rootOf } from '../caller.ts';
import { ApiError } from '../errors.ts';
import type { AccessKeys } from '../iam/access-keys.ts';
import type { ServiceName } from '../vault.ts';
import type { WireRequest } from '../wire/request.ts';
import type { Who } from '../wire/respond.ts';
import { isSignedWith } from './sign.ts';
import { type Signature, signatureOf } from './signature.ts';

interface Door {
  readonly find: AccessKeys['find'];
  readonly clock: () => Date;
}

/** Lets in whoever signs with an access key of the vault. */
export function authenticateSigned({ find, clock }: Door, request: WireRequest, service: ServiceName): Who {
  const signature = signatureOf(request);
  if (!signature) throw refusal(service, 'missing', 'Request is missing Authentication Token');
  checkScope(signature, request, service);
  checkTime(signature, clock(), service);
  const found = find(signature.accessKeyId, signature.sessionToken, clock());
  const credentials = found === 'expired' ? undefined : found;
  // A key that nobody has is tried like any other: the time to refuse it must not tell the two apart.
  const fits = isSignedWith(credentials?.secret ?? nobody, request, signature);
  if (found === 'expired') throw refusal(service, 'expired', 'The security token included in the request is expired');
  if (!fits || !credentials) {
    throw refusal(service, 'invalid', 'The security token included in the request is invalid.');
  }
  credentials.noteUse?.();
  return { caller: credentials.caller, region: signature.region };
}

interface Loose extends Partial<Door> {
  readonly account: string;
  readonly region: string;
  /** The server's own key, which the sessions of whoever comes end with: without it they outlive the server. */
  readonly accessKeyId?: string;
}

/** Lets in whoever comes. A signature still says who, and where to; an access key id of 12 digits names the account. */
export function authenticateAnyone({ account, region, find, clock, accessKeyId }: Loose, request: WireRequest): Who {
  const signature = attempt(() => signatureOf(request));
  if (!signature) return { caller: { ...rootOf(account), accessKeyId }, region };
  const { accessKeyId: id, sessionToken } = signature;
  const found = clock && find?.(id, sessionToken, clock());
  const caller = typeof found === 'object' ? found.caller : rootOf(/^\d{12}$/.test(id) ? id : account);
  // Whoever names a key of the vault's has not shown its secret: no session goes with that key.
  return { caller: { ...caller, accessKeyId }, region: signature.region };
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

const refusal = (service: ServiceName, kind: Exclude<keyof typeof json, 'status'>, message: string) =>
  new ApiError(names[service][kind], message, names[service].status);

function checkScope({ service, signedHeaders }: Signature, { headers }: WireRequest, wanted: ServiceName): void {
  const refuse = (message: string) => refusal(wanted, 'signature', message);
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
  const age = now.getTime() - timeOf(time);
  const life = expires === undefined ? skew : expires * 1000;
  if (age >= -skew && age <= life) return;
  throw refusal(service, 'signature', age <= life ? tooEarly(time, now) : tooLate(time, now, life));
}

const tooEarly = (time: string, now: Date) =>
  `Signature not yet current: ${time} is still later than ${basic(now.getTime() + skew)} (${basic(now.getTime())} + 5 min.)`;

const tooLate = (time: string, now: Date, life: number) =>
  `Signature expired: ${time} is now earlier than ${basic(now.getTime() - life)} (${basic(now.getTime())} - ${life / minute} min.)`;

/** Milliseconds since 1970 of YYYYMMDDTHHMMSSZ. */
function timeOf(time: string): number {
  const part = (from: number, to: number) => Number(time.slice(from, to));
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(9, 11), part(11, 13), part(13, 15));
}

/** YYYYMMDDTHHMMSSZ */
const basic = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
