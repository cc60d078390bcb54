import type { Command } from 'commander';
import type { Kms, MacAlgorithmSpec } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { mostBytes, readMessage } from './message.ts';

export interface MacOptions {
  algorithm?: MacAlgorithmSpec;
}

export const addMacOptions = (command: Command): Command =>
  command.addOption(
    command
      .createOption('--algorithm <algorithm>', 'how it is made (default: as the key makes it)')
      .choices(['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512']),
  );

interface Asked {
  kms: Kms;
  id: string;
  file: string | undefined;
}

/** What a MAC is made of. Throws code `usage` for a message that is too long, and for a key that makes none. */
export async function readMacMessage(context: Context, { kms, id, file }: Asked, { algorithm }: MacOptions) {
  const MacAlgorithm = algorithm ?? (await algorithmOf(kms, id));
  const { whole, length } = await readMessage(context, file);
  if (whole) return { Message: whole, MacAlgorithm };
  const sizes = `${length.toLocaleString('en')} bytes, and a MAC is of at most ${mostBytes.toLocaleString('en')}`;
  throw new UserError('usage', `the message is ${sizes}`, {
    hints: ['a MAC of its digest stands for it: "sha256sum < FILE | latchkey key mac KEY"'],
  });
}

async function algorithmOf(kms: Kms, id: string): Promise<MacAlgorithmSpec> {
  const { KeyMetadata } = await kms.describeKey({ KeyId: id });
  const { KeySpec = '', KeyUsage = 'ENCRYPT_DECRYPT' } = KeyMetadata!;
  if (KeySpec.startsWith('HMAC_')) return KeySpec.replace('HMAC_', 'HMAC_SHA_') as MacAlgorithmSpec;
  throw new UserError('usage', `key "${id}" makes no MACs: it is for ${KeyUsage}`, {
    hints: [`see what it can do: "latchkey key explain ${id}"`],
  });
}
