import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyFile, vaultFile } from '../../src/aws/places.ts';

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
    expect(vaultFile(undefined, environment)).toBe(vault);
    expect(keyFile('id', environment)).toBe(key);
  });

  it('makes a named file absolute', () => {
    expect(vaultFile('x.db', {})).toBe(path.resolve('x.db'));
  });

  it('says how to do without a home folder', () => {
    vi.spyOn(os, 'userInfo').mockImplementation(() => {
      throw new Error('no entry');
    });
    const hints = [expect.stringContaining('XDG_DATA_HOME')];
    expect(() => vaultFile(undefined, {})).toThrow(expect.objectContaining({ code: 'not-found', hints }));
    expect(vaultFile(undefined, { XDG_DATA_HOME: '/d' })).toBe('/d/latchkey/vault.db');
  });
});
