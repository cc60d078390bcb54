import { UserError } from '../../errors.ts';

/** How `--tier` is spelled, what AWS calls it, and how many characters a value may have there. */
export const tiers = {
  standard: { name: 'Standard', limit: 4096 },
  advanced: { name: 'Advanced', limit: 8192 },
  auto: { name: 'Intelligent-Tiering', limit: 8192 },
} as const;

export type Tier = keyof typeof tiers;

/** The bytes as the text that a parameter holds. Throws code `usage`, with the cure, for what AWS would refuse. */
export function parameterValue(bytes: Uint8Array, tier: Tier = 'standard'): string {
  const text = utf8(bytes);
  if (text.length > tiers[tier].limit) throw tooLong(text.length, tier);
  if (/\{\{.*?\}\}/s.test(text)) {
    throw new UserError('usage', 'the value holds "{{...}}", which Parameter Store keeps for references', {
      hints: ['a secret may hold it: "latchkey secret create NAME"'],
    });
  }
  return text;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('usage', 'the value is not UTF-8 text, and a parameter holds only text', {
      hints: ['a secret holds any bytes: "latchkey secret create NAME"'],
      cause,
    });
  }
}

function tooLong(length: number, tier: Tier): UserError {
  const { name, limit } = tiers[tier];
  const hint =
    length <= tiers.advanced.limit
      ? `the Advanced tier holds ${tiers.advanced.limit}, for $0.05 a month: --tier advanced, or --tier auto`
      : 'a secret holds 65,536 bytes: "latchkey secret create NAME"';
  return new UserError('usage', `the value has ${length} characters, and the ${name} tier holds ${limit}`, {
    hints: [hint],
  });
}
