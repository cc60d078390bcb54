import { ApiError } from '../errors.ts';
import { map, string, structure } from '../shape.ts';
import type { GrantConstraints } from './grants.ts';
import type { KeyRow } from './rows.ts';

const pairs = map(string(), string());

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
export const constraints = structure({
  EncryptionContextSubset: pairs,
  EncryptionContextEquals: pairs,
  SourceArn: string({ min: 20, max: 2048 }),
});

const mostPairs = 8;
const mostCharacters = 384;

/** Throws ValidationException for more than AWS keeps, and for a key whose operations have no encryption context. */
export function requireConstrainable(
  key: KeyRow,
  { EncryptionContextEquals, EncryptionContextSubset }: GrantConstraints,
) {
  const contexts = [EncryptionContextEquals, EncryptionContextSubset].filter((context) => context !== undefined);
  if (contexts.length === 0) return;
  if (key.spec !== 'SYMMETRIC_DEFAULT') {
    throw invalid(`Encryption context constraints are not valid for a key with key spec ${key.spec}.`);
  }
  for (const context of contexts) {
    if (Object.keys(context).length > mostPairs) {
      throw invalid(`An encryption context constraint has at most ${mostPairs} pairs.`);
    }
    if (Object.values(context).some((value) => value.length > mostCharacters)) {
      throw invalid(`A value of an encryption context constraint has at most ${mostCharacters} characters.`);
    }
  }
}

/** Constraints in the one spelling that every order of their pairs has; null where there are none. */
export function printConstraints({
  EncryptionContextEquals,
  EncryptionContextSubset,
}: GrantConstraints): string | null {
  const sorted = (context?: Readonly<Record<string, string>>) =>
    context && Object.fromEntries(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify({
    EncryptionContextEquals: sorted(EncryptionContextEquals),
    EncryptionContextSubset: sorted(EncryptionContextSubset),
  });
  return text === '{}' ? null : text;
}

const invalid = (message: string) => new ApiError('ValidationException', message);
