import type { GrantOperation } from '../../../aws/services.ts';
import { UserError } from '../../../errors.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export const operations: readonly GrantOperation[] = [
  ...(['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey'] as const),
  ...(['GenerateDataKeyWithoutPlaintext', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'] as const),
  ...(['Sign', 'Verify', 'GetPublicKey', 'GenerateMac', 'VerifyMac', 'DeriveSharedSecret'] as const),
  ...(['Encapsulate', 'Decapsulate', 'DescribeKey', 'CreateGrant', 'RetireGrant'] as const),
];

/** `Encrypt,Decrypt`, and once more for others. Throws code `usage` for what a grant cannot allow. */
export function readOperations(text: string, before: GrantOperation[] = []): GrantOperation[] {
  const names = text.split(',').map((name) => name.trim()) as GrantOperation[];
  const wrong = names.find((name) => !operations.includes(name));
  if (wrong === undefined) return [...new Set([...before, ...names])];
  throw new UserError('usage', `--operations: a grant cannot allow "${wrong}"`, {
    hints: [`it can allow ${operations.join(', ')}`],
  });
}
