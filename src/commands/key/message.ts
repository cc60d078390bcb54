import { createHash, type Hash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { openSource } from '../../input/chunks.ts';

/** Bytes of a message that KMS takes at most. */
export const mostBytes = 4096;

interface Message {
  /** All of it, where KMS takes as much. */
  readonly whole?: Uint8Array;
  readonly digest?: Uint8Array;
  readonly length: number;
}

/**
 * Reads a file or standard input to its end, however long it is: kept as far as KMS takes it, and hashed on the way.
 * Throws code `usage` where there is nobody to pipe it in, and where nothing comes.
 */
export async function readMessage(context: Context, file = '-', hash?: string): Promise<Message> {
  if (file === '-' && context.terminal.inIsTTY) {
    throw new UserError('usage', 'there is no message', { hints: ['name its file, or pipe it in'] });
  }
  const digest = hash === undefined ? undefined : createHash(hash);
  const { kept, length } = await take(openSource(context, file).chunks, digest);
  if (length === 0) throw new UserError('usage', 'the message is empty', { hints: ['name its file, or pipe it in'] });
  return { whole: length > mostBytes ? undefined : Buffer.concat(kept), digest: digest?.digest(), length };
}

async function take(chunks: AsyncIterable<Uint8Array>, digest: Hash | undefined) {
  let [kept, length]: [Uint8Array[], number] = [[], 0];
  for await (const chunk of chunks) {
    length += chunk.length;
    digest?.update(chunk);
    // Its memory is used again.
    kept = length > mostBytes ? [] : [...kept, Buffer.from(chunk)];
  }
  return { kept, length };
}
