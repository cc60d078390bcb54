import { randomBytes } from 'node:crypto';
import { UserError } from '../../../errors.ts';
import type { Template } from './template.ts';

const sizes = ['128', '192', '256'];

/** A random key in base64. Its size is `bits`, 256 where nothing else is said. */
export const encryptionKey: Template = {
  needs: [],
  build: ({ bits = '256', ...more }) => {
    if (!sizes.includes(bits)) throw new UserError('usage', `expected as bits ${sizes.join(', ')}, got "${bits}"`);
    return { algorithm: `AES-${bits}`, key: randomBytes(Number(bits) / 8).toString('base64'), ...more };
  },
};
