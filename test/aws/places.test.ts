import os from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isVaultName, keyFile, namedVault } from '../../src/aws/places.ts';

afterEach(() => void vi.restoreAllMocks());

describe.skipIf(process.platform === 'win32')('places', () => {
  it.each([
    [{ HOME: '/h' }, '/h/.local/share/latchkey/vault.db', '/h/.config/latchkey/keys/id.key'],
    [{ HOME: '/h', XDG_DATA_HOME: '/d', XDG_CONFIG_HOME: '/c' }, '/d/latchkey/vault.db', '/c/latchkey/keys/id.key'],
    [
      { HOME: '/h', XDG_DATA_HOME: 'relative', XDG_CONFIG_HOME: '' },
      '/h/.local/share/latchkey/vault.db',
      '/h/.config/latchkey/keys/id.key',
    ],
  ])('%o', (environment, vault, key) => {
    expect(namedVault('vault', environment)).toBe(vault);
    expect(keyFile('id', environment)).toBe(key);
  });

  it.each([
    ['work', true],
    ['Work_2-b', true],
    ['a'.repeat(64), true],
    ['a'.repeat(65), false],
    ['', false],
    ['-work', false],
    ['x.db', false],
    ['a/b', false],
    ['..', false],
  ])('takes "%s" for a name: %s', (text, isName) => {
    expect(isVaultName(text)).toBe(isName);
    if (isName) expect(namedVault(text, { HOME: '/h' })).toBe(`/h/.local/share/latchkey/${text}.db`);
    else expect(() => namedVault(text, { HOME: '/h' })).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('says how to do without a home folder', () => {
    vi.spyOn(os, 'userInfo').mockImplementation(() => {
      throw new Error('no entry');
    });
    const hints = [expect.stringContaining('XDG_DATA_HOME')];
    expect(() => namedVault('vault', {})).toThrow(expect.objectContaining({ code: 'not-found', hints }));
    expect(namedVault('vault', { XDG_DATA_HOME: '/d' })).toBe('/d/latchkey/vault.db');
  });
});
