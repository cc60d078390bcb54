import { expect, test } from 'vitest';
import { isSignedWith } from '../../../src/vault/serve/sign.ts';
import { signatureOf } from '../../../src/vault/serve/signature.ts';
import type { WireRequest } from '../../../src/vault/wire/request.ts';

/** Requests and signatures that AWS published to test implementations of Signature Version 4 with. */
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const host: [string, string] = ['host', 'example.amazonaws.com'];
const date: [string, string] = ['x-amz-date', '20150830T123600Z'];

const published: [
  string,
  Omit<WireRequest, 'body' | 'headers'> & { headers?: [string, string][]; body?: string },
  string,
][] = [
  ['get-vanilla', { method: 'GET', target: '/' }, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-query-order-key-case',
    { method: 'GET', target: '/?Param2=value2&Param1=value1' },
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'post-x-www-form-urlencoded',
    {
      method: 'POST',
      target: '/',
      headers: [['content-type', 'application/x-www-form-urlencoded']],
      body: 'Param1=value1',
    },
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
  [
    'get-header-value-trim',
    {
      method: 'GET',
      target: '/',
      headers: [
        ['my-header1', ' value1'],
        ['my-header2', ' "a   b   c"'],
      ],
    },
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  ],
];

function requestOf([, { headers = [], body = '', ...rest }, signature]: (typeof published)[number]): WireRequest {
  const signed = new Map([...headers, host, date].sort(([a], [b]) => (a < b ? -1 : 1)));
  const names = [...signed.keys()].join(';');
  const credential = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
  signed.set(
    'authorization',
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  );
  return { ...rest, headers: signed, body: Buffer.from(body) };
}

const verdict = (request: WireRequest, withSecret = secret) => isSignedWith(withSecret, request, signatureOf(request)!);

test.each(published)('%s of the published suite', (...one) => {
  expect(verdict(requestOf(one))).toBe(true);
});

const post = requestOf(published[2]!);
const withHeader = (name: string, value: string) => ({ ...post, headers: new Map([...post.headers, [name, value]]) });

test.each<[string, WireRequest]>([
  ['the method', { ...post, method: 'PUT' }],
  ['the path', { ...post, target: '/a' }],
  ['the query', { ...post, target: '/?a=b' }],
  ['the body', { ...post, body: Buffer.from('Param1=value2') }],
  ['a header', withHeader('content-type', 'text/plain')],
  ['the time', withHeader('x-amz-date', '20150830T123601Z')],
])('a signature holds for no other request: %s', (_what, request) => {
  expect(verdict(post)).toBe(true);
  expect(verdict(request)).toBe(false);
});

test('a signature is of one secret', () => {
  expect(verdict(post, `${secret.slice(0, -1)}Z`)).toBe(false);
});

test('what a header says of the body is not believed', () => {
  const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect(verdict({ ...withHeader('x-amz-content-sha256', hash), body: Buffer.from('other') })).toBe(false);
});

const authorization = post.headers.get('authorization')!;
test.each<[string, string, RegExp]>([
  ['another algorithm', authorization.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'), /algorithm/],
  ['no credential', authorization.replace(/Credential=[^,]*, /, ''), /'Credential'/],
  ['no signature', authorization.replace(/, Signature=.*/, ''), /'Signature'/],
  ['a short signature', authorization.replace(/.$/, ''), /'Signature'/],
  ['no headers', authorization.replace(/SignedHeaders=[^,]*, /, ''), /'SignedHeaders'/],
  ['another day', authorization.replace('/20150830/', '/20150831/'), /YYYYMMDD/],
  ['a scope of three parts', authorization.replace('/service/', '/'), /5 parts/],
  ['a part twice', `${authorization}, Signature=0`, /more than once/],
  ['two headers', `${authorization},${authorization}`, /more than once/],
])('half a signature: %s', (_what, header, message) => {
  expect(() => signatureOf(withHeader('authorization', header))).toThrow(message);
});

test('nothing of a credential in the wrong place is repeated', () => {
  expect(() => signatureOf(withHeader('authorization', `Bearer ${secret}`))).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(secret) }),
  );
});

test('a request without a signature has none', () => {
  expect(signatureOf({ method: 'POST', target: '/', headers: new Map(), body: Buffer.of() })).toBeUndefined();
});
