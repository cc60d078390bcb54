import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprints } from '../../src/output/fingerprint.ts';

test('equal for equal values, text or bytes, and short', () => {
  const mark = fingerprints();
  expect(mark('s3same')).toBe(mark(Buffer.from('s3same')));
  expect(mark('s3same')).not.toBe(mark('s3same '));
  expect(mark('s3same')).toMatch(/^[0-9a-f]{10}$/);
});

test('another one in every run, and never a plain digest', () => {
  expect(fingerprints()('s3same')).not.toBe(fingerprints()('s3same'));
  expect(createHash('sha256').update('s3same').digest('hex')).not.toContain(fingerprints()('s3same'));
});
