import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/aws/proxy.ts';

const proxies = { https: 'http://proxy:3128', http: 'plain:8080' };
const through = (url: string, none?: string) => proxyFor(new URL(url), { ...proxies, none })?.href;

describe('proxyFor', () => {
  it('chooses by the protocol of the URL', () => {
    expect(through('https://kms.eu-west-1.amazonaws.com')).toBe('http://proxy:3128/');
    expect(through('http://localhost:4566')).toBe('http://plain:8080/');
    expect(proxyFor(new URL('https://x.y'), {})).toBeUndefined();
  });

  it.each([
    ['*', 'https://a.example', true],
    ['a.example', 'https://a.example', true],
    ['example', 'https://a.example', true],
    ['.example', 'https://a.example', true],
    ['*.example', 'https://a.example', true],
    ['xample', 'https://a.example', false],
    ['other,A.EXAMPLE', 'https://a.example', true],
    ['a.example:443', 'https://a.example', true],
    ['a.example:8443', 'https://a.example', false],
    ['127.0.0.1', 'http://127.0.0.1:5000', true],
  ])('NO_PROXY=%s and %s: exempt %s', (none, url, exempt) => {
    expect(through(url, none) === undefined).toBe(exempt);
  });
});
