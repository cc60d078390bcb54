import { UserError } from '../../errors.ts';

/** How `--tier` is spelled, what AWS calls it, and how many bytes a value may have there. */
export const tiers = {
  standard: { name: 'Standard', limit: 4096 },
  advanced: { name: 'Advanced', limit: 8192 },
  auto: { name: 'Intelligent-Tiering', limit: 8192 },
} as const;

export type Tier = keyof typeof tiers;

/** The bytes as the text that a parameter holds. Throws code `usage`, with the cure, for what AWS would refuse. */
export function parameterValue(bytes: Uint8Array, tier?: Tier): string {
  const text = utf8(bytes);
  // Where no tier is asked for, what is there already may be in the Advanced one: the service knows.
  const { limit } = tiers[tier ?? 'advanced'];
  if (bytes.length > limit) throw tooLong(bytes.length, limit);
  if (/\{\{.*?\}\}/s.test(text)) {
    throw new UserError('usage', 'the value holds "{{...}}", which Parameter Store keeps for references', {
      hints: ['a secret may hold it: "latchkey secret create NAME"'],
    });
  }
  return text;
}

/** Whether a value is too long for the Standard tier. */
export const needsAdvanced = (value: string): boolean => Buffer.byteLength(value) > tiers.standard.limit;

/** What Parameter Store said, or where it did not take the size, what to do about that. */
export function explainSize(error: Error, value: string): Error {
  const [, limit] = /support a maximum parameter value of (\d+) characters/.exec(error.message) ?? [];
  return limit === undefined ? error : tooLong(Buffer.byteLength(value), Number(limit), error);
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

function tooLong(length: number, limit: number, cause?: Error): UserError {
  const name = limit === tiers.standard.limit ? 'Standard' : 'Advanced';
  return new UserError('usage', `the value has ${length} bytes, and the ${name} tier holds ${limit}`, {
    hints: waysOut(length),
    cause,
  });
}

function waysOut(length: number): string[] {
  const { limit } = tiers.advanced;
  if (length <= limit) return [`the Advanced tier holds ${limit}, for $0.05 a month: --tier advanced, or --tier auto`];
  return [
    'a secret holds 65,536 bytes: "latchkey secret create NAME"',
    'a file of any size can be sealed under a key: "latchkey encrypt FILE --kms-key KEY --out FILE.lk"',
  ];
}
