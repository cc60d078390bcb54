import { describe, expect, it } from 'vitest';
import type { KeyMetadata, KeyState } from '../../../src/aws/services.ts';
import { materialOf, verbsOf, whatAils, whatIs } from '../../../src/commands/key/about-key.ts';
import { specs, usageFor } from '../../../src/commands/key/kinds.ts';

const key = (members: Partial<KeyMetadata>): KeyMetadata => ({ KeyId: 'id', ...members });

describe('a key in words', () => {
  it.each(specs)('%s is something', (KeySpec) => {
    expect(whatIs(key({ KeySpec }))).toMatch(/^an? [A-Za-z]/);
  });

  it.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'encrypt decrypt re-encrypt data-key data-key-pair'],
    ['RSA_2048', 'ENCRYPT_DECRYPT', 'encrypt decrypt re-encrypt public-key'],
    ['RSA_2048', 'SIGN_VERIFY', 'sign verify public-key'],
    ['ECC_NIST_P256', 'KEY_AGREEMENT', 'derive public-key'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', 'mac verify-mac'],
    ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE', 'public-key'],
  ] as const)('%s for %s: %s', (KeySpec, usage, verbs) => {
    expect(verbsOf(key({ KeySpec, KeyUsage: usageFor(KeySpec, usage) })).join(' ')).toBe(verbs);
  });

  it.each<[Partial<KeyMetadata>, string]>([
    [{ Origin: 'AWS_KMS', KeySpec: 'SYMMETRIC_DEFAULT' }, 'made by KMS, and can be rotated'],
    [{ Origin: 'AWS_KMS', KeySpec: 'RSA_2048' }, 'made by KMS, and cannot be rotated'],
    [{ Origin: 'AWS_KMS', KeyManager: 'AWS' }, 'made by KMS, and rotated every year'],
    [{ Origin: 'EXTERNAL' }, 'imported, until it is deleted'],
    [
      { Origin: 'EXTERNAL', ValidTo: new Date('2027-01-31') },
      'imported, until 2027-01-31, then the same has to be imported again',
    ],
    [{ Origin: 'AWS_CLOUDHSM' }, 'in a CloudHSM cluster'],
    [{ Origin: 'EXTERNAL_KEY_STORE' }, 'outside AWS, in a key store of your own'],
  ])('%j: %s', (members, words) => {
    expect(materialOf(key(members))).toBe(words);
  });

  it('a key that is enabled has no trouble', () => {
    expect(whatAils(key({ KeyState: 'Enabled' }), 'alias/app')).toBeUndefined();
  });

  it.each<[KeyState, RegExp, string | undefined]>([
    ['Disabled', /disabled/, 'latchkey key enable alias/app'],
    ['PendingDeletion', /on 2027-01-31/, 'latchkey key restore alias/app'],
    ['PendingReplicaDeletion', /replicas/, 'latchkey key restore alias/app'],
    ['PendingImport', /no material/, 'latchkey key import alias/app FILE'],
    ['Unavailable', /key store/, undefined],
    ['Creating', /being made/, 'the same in a minute'],
    ['Updating', /primary Region/, 'the same in a minute'],
  ])('%s', (KeyState, why, cure) => {
    const ails = whatAils(key({ KeyState, DeletionDate: new Date('2027-01-31') }), 'alias/app')!;
    expect(ails.Why).toMatch(why);
    expect(ails.Try).toBe(cure);
  });
});
