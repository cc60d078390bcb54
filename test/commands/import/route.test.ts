import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRouteRule, routeOf } from '../../../src/commands/import/route.ts';

const going = (name: string, value: string | Uint8Array) => {
  const { to, type } = routeOf({ name, value });
  return type ? `${to} ${type}` : to;
};

const pem = '-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----\n';

describe('by the rules', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['DB_PASSWORD', '12345'],
    ['dbPassword', 'x'],
    ['API_KEY', 'abc'],
    ['db/credentials', 'x'],
    ['SIGNING_KEY', 'x'],
    ['TLS', pem],
    ['DATABASE_URL', 'postgres://app:s3cret@db.example.com:5432/app'],
    ['CACHE', 'redis://:s3cret@cache.example.com'],
    ['DSN', 'Server=db;Database=app;User Id=app;Password=s3cret;'],
    ['GITHUB', `ghp_${'a1B2'.repeat(9)}`],
    ['SESSION', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'],
    ['AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['HOOK', 'https://hooks.example.com/services/T00000000/B11111111/a8Fk29sLq0ZxPw73mNvB'],
    ['ID', '550e8400-e29b-41d4-a716-446655440000'],
    ['SLASHES', '/1V7Cc5QRC4/krnrJxg/G3wAk2ln5MJE'],
    ['SLASHES', '/aKdHwPcQrsTuv/XyZabCdEfGhIjK/mN'],
    ['TEMPLATE', 'Hello {{name}}'],
    ['LONG', 'x'.repeat(8193)],
    ['EMPTY', ''],
    ['BYTES', Uint8Array.of(0xff, 0xfe)],
  ])('%s is a secret', (name, value) => {
    expect(going(name, value)).toBe('secret');
  });

  it.each([
    ['PORT', '8080'],
    ['RATIO', '-0.25'],
    ['DEBUG', 'false'],
    ['PASSWORD_REQUIRED', 'true'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['TOKEN_TTL', '3600'],
    ['TOKEN_URL', 'https://login.example.com/oauth/token'],
    ['SECRET_FILE', '/run/secrets/app'],
    ['HOME_URL', 'https://example.com/app?page=1'],
    ['DB_URL', 'postgres://db.example.com:5432/app'],
    ['DB_HOST', 'db-1.prod.eu-west-1.example.com'],
    ['DB_HOST', 'localhost:5432'],
    ['DB_HOST', '10.0.0.1:5432'],
    ['NETWORK', '10.0.0.0/16'],
    ['LOG_LEVEL', 'debug'],
    ['NODE_ENV', 'production'],
    ['AWS_REGION', 'eu-west-1'],
    ['TIMEOUT', '30s'],
    ['LIMIT', '512MiB'],
    ['DATA', '/var/lib/app-2/data_2024'],
    ['DATA', '/Users/Shared/MyTeam/applicationSupport/cacheFiles2024/index'],
    ['JDK', '/opt/java11openjdk/lib/security/cacerts'],
    ['ROLE', 'arn:aws:iam::123456789012:role/app-AbCdEf123456XyZ0'],
  ])('%s is plain configuration', (name, value) => {
    expect(going(name, value)).toBe('config String');
  });

  it.each([
    ['GREETING', 'Hello, world'],
    ['USER', 'app'],
    ['ALLOWED', 'a@example.com,b@example.com'],
    ['JSON', '{"a":1}'],
  ])('%s is encrypted, since nothing says what it is', (name, value) => {
    expect(going(name, value)).toBe('config SecureString');
  });

  it('takes what is random for a secret, in all its spellings', () => {
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      for (let round = 0; round < 200; round += 1) {
        const value = randomBytes(24).toString(encoding);
        expect(going('X', value), value).not.toBe('config String');
      }
    }
  });

  it.each(['a', 'a.', '/a', '1', 'a-', 'a:', '"', '-----BEGIN '])('comes to an end on a long row of %s', (piece) => {
    for (const length of [8000, 60_000]) {
      expect(going('X', `${piece.repeat(length / piece.length)}!`)).toBe(
        length > 8192 ? 'secret' : 'config SecureString',
      );
    }
  });
});

describe('--route-rule', () => {
  it('decides against the rules, and never stores plainly what they would not', () => {
    expect(routeOf({ name: 'API_KEY', value: 'x' }, 'config')).toMatchObject({ to: 'config', type: 'SecureString' });
    expect(routeOf({ name: 'PORT', value: '80' }, 'config')).toMatchObject({ to: 'config', type: 'String' });
    expect(routeOf({ name: 'PORT', value: '80' }, 'secret')).toEqual({ to: 'secret', why: '--route-rule' });
  });

  it('names may hold "="', () => {
    expect(readRouteRule('a=b=secret')).toEqual([['a=b', 'secret']]);
    expect(() => readRouteRule('a=')).toThrow('expects NAME=secret or NAME=config');
  });
});
