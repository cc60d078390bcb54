import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors.ts';

/** Bytes. The largest request of these services is below 200 kB. */
const most = 1024 * 1024;
/** Beyond this nobody waits for an answer. */
const mostThrownAway = 64 * most;

/**
 * All of a request's body. What is too large is read and thrown away, since a client that is still sending does not
 * read its answer, and ends in RequestEntityTooLargeException. Rejects when the client stops half-way.
 */
export function readBody(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else chunks.length = 0;
      if (size > mostThrownAway) request.destroy();
    });
    request.on('end', () => (size > most ? reject(tooLarge()) : resolve(joined(chunks))));
    request.on('close', () => reject(new Error('the client stopped half-way')));
  });
}

const joined = (chunks: Uint8Array[]) => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));

const tooLarge = () => new ApiError('RequestEntityTooLargeException', `A request may have ${most} bytes at most.`, 413);
