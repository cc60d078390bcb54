import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { pathOf, queryOf, type WireRequest } from '../wire/request.ts';
import { algorithm, type Signature } from './signature.ts';

/**
 * Whether `secret` makes, over the request as it came, the signature that it carries. The time it takes says nothing
 * of how much of the signature was right.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function isSignedWith(secret: string, request: WireRequest, signature: Signature): boolean {
  const { date, region, service, time } = signature;
  const scope = [date, region, service, 'aws4_request'];
  const toSign = [algorithm, time, scope.join('/'), sha256(canonicalRequest(request, signature))].join('\n');
  return timingSafeEqual(hmac(signingKey(secret, scope), toSign), Buffer.from(signature.value, 'hex'));
}

/** Signing keys, by secret and scope: four fifths of the work of a signature, and good for a day. */
const known = new Map<string, string | Buffer>();
const mostKnown = 256;

function signingKey(secret: string, scope: readonly string[]): string | Buffer {
  const name = `${secret} ${scope.join('/')}`;
  const key = known.get(name) ?? scope.reduce<string | Buffer>(hmac, `AWS4${secret}`);
  if (known.size >= mostKnown) known.clear();
  known.set(name, key);
  return key;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (data: string | Uint8Array) => hash('sha256', data, 'hex');

/** Built from what arrived, the body's hash too: what a header says of the body is not believed. */
function canonicalRequest(request: WireRequest, { signedHeaders }: Signature): string {
  const headers = signedHeaders.map((name) => `${name}:${trimmed(request.headers.get(name) ?? '')}\n`);
  return [
    request.method,
    encode(pathOf(request)).replaceAll('%2F', '/'),
    canonicalQuery(queryOf(request)),
    headers.join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

const trimmed = (value: string) => value.trim().replace(/ +/g, ' ');

/** Parameters by name, then by value, without the signature itself. */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  return [...new URLSearchParams(query)]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
