import { ApiError } from '../errors.ts';
import { queryOf, type WireRequest } from '../wire/request.ts';

/** What a request says about its signature: Signature Version 4, in its headers or, presigned, in its URL. */
export interface Signature {
  readonly accessKeyId: string;
  /** YYYYMMDD, as all four parts of the credential's scope stand in the string that is signed. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** YYYYMMDDTHHMMSSZ */
  readonly time: string;
  /** Seconds from `time` on; of a presigned request only. */
  readonly expires?: number;
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly value: string;
  readonly sessionToken?: string;
}

export const algorithm = 'AWS4-HMAC-SHA256';

/** Undefined where a request is not signed at all. Throws IncompleteSignatureException for one that is half signed. */
export function signatureOf(request: WireRequest): Signature | undefined {
  const authorization = request.headers.get('authorization');
  if (authorization !== undefined) return fromHeader(request, authorization);
  const query = new URLSearchParams(queryOf(request));
  return query.has('X-Amz-Algorithm') ? fromQuery(query) : undefined;
}

function fromHeader({ headers }: WireRequest, authorization: string): Signature {
  if (!authorization.startsWith(`${algorithm} `)) throw incomplete(`Unsupported AWS 'algorithm' in 'Authorization'`);
  const found = new Map<string, string>();
  for (const part of authorization.slice(algorithm.length).split(',')) {
    const [name, value] = splitOnce(part.trim(), '=');
    if (found.has(name)) throw incomplete(`'${name}' appears more than once in 'Authorization'`);
    found.set(name, value);
  }
  return read({
    credential: found.get('Credential'),
    time: headers.get('x-amz-date'),
    signedHeaders: found.get('SignedHeaders'),
    value: found.get('Signature'),
    sessionToken: headers.get('x-amz-security-token'),
  });
}

/** Seven days, in seconds. */
const longestLife = 604_800;

function fromQuery(query: URLSearchParams): Signature {
  if (query.get('X-Amz-Algorithm') !== algorithm) throw incomplete(`Unsupported AWS 'algorithm' in 'X-Amz-Algorithm'`);
  const expires = query.get('X-Amz-Expires') ?? '';
  if (!/^\d{1,6}$/.test(expires) || Number(expires) > longestLife) {
    throw incomplete(`'X-Amz-Expires' must be a number of seconds up to ${longestLife}`);
  }
  const signature = read({
    credential: query.get('X-Amz-Credential'),
    time: query.get('X-Amz-Date'),
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    value: query.get('X-Amz-Signature'),
    sessionToken: query.get('X-Amz-Security-Token'),
  });
  return { ...signature, expires: Number(expires) };
}

type Parts = Record<'credential' | 'time' | 'signedHeaders' | 'value' | 'sessionToken', string | null | undefined>;

function read({ credential, time, signedHeaders, value, sessionToken }: Parts): Signature {
  if (!credential) throw incomplete(`Authorization requires 'Credential'`);
  if (!value || !/^[0-9a-f]{64}$/.test(value)) throw incomplete(`Authorization requires 'Signature'`);
  if (!signedHeaders) throw incomplete(`Authorization requires 'SignedHeaders'`);
  if (!time || !/^\d{8}T\d{6}Z$/.test(time))
    throw incomplete(`Date must be in ISO-8601 'basic format', in 'X-Amz-Date'`);
  const [, accessKeyId = '', date = '', region = '', service = ''] = credentialForm.exec(credential) ?? [];
  if (date === '')
    throw incomplete(
      `Credential must have 5 parts, separated by slashes, as AKID/YYYYMMDD/REGION/SERVICE/aws4_request`,
    );
  if (!time.startsWith(date)) throw incomplete(`Date in Credential scope does not match YYYYMMDD from 'X-Amz-Date'`);
  return {
    ...{ accessKeyId, date, region, service, time, value },
    signedHeaders: signedHeaders.split(';'),
    ...(sessionToken ? { sessionToken } : {}),
  };
}

const credentialForm = /^([\w+=,.@-]{1,128})\/(\d{8})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/aws4_request$/;

/** What was sent is not repeated: it may be a credential in the wrong place. */
const incomplete = (message: string) => new ApiError('IncompleteSignatureException', `${message}.`);

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
