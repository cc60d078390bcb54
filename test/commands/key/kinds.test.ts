import { describe, expect, it } from 'vitest';
import { readSpec, specs, usageFor } from '../../../src/commands/key/kinds.ts';
import { specs as ofVault, unsupportedSpecs } from '../../../src/vault/kms/specs.ts';

describe('kinds of keys', () => {
  it('are those that the vault knows, too', () => {
    expect([...specs].sort()).toEqual([...Object.keys(ofVault), ...unsupportedSpecs].sort());
  });

  it.each(Object.entries(ofVault))('%s is for the same here and there', (spec, { usages }) => {
    for (const usage of usages) expect(usageFor(readSpec(spec), usage)).toBe(usage);
    if (usages.length === 1) expect(usageFor(readSpec(spec), undefined)).toBe(usages[0]);
    else expect(() => usageFor(readSpec(spec), undefined)).toThrow('--usage has to say for which');
  });
});
