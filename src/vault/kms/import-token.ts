import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import type { Binding } from '../store/sealing.ts';
import type { KeyRow } from './rows.ts';
import type { WrappingAlgorithm } from './wrapping.ts';

/** What an import token holds. The vault keeps nothing of it: who has the token brings it back. */
interface ImportToken {
  readonly algorithm: WrappingAlgorithm;
  /** PKCS #8 in DER. */
  readonly privateKey: Uint8Array;
  /** In milliseconds since 1970. */
  readonly expires: number;
}

/** Seals a token for one key, in fewer than the 6,144 bytes that a token may have. */
export function sealImportToken({ sealer }: Call, key: KeyRow, { algorithm, privateKey, expires }: ImportToken) {
  const json = { algorithm, expires, privateKey: Buffer.from(privateKey).toString('base64') };
  return sealer.seal(bindingOf(key), Buffer.from(JSON.stringify(json)));
}

/** Throws InvalidImportTokenException for one of another key, or none; ExpiredImportTokenException after its time. */
export function openImportToken(call: Call, key: KeyRow, token: Uint8Array): ImportToken {
  const { algorithm, expires, privateKey } = JSON.parse(Buffer.from(opened(call, key, token)).toString());
  if (expires <= call.now.getTime()) {
    throw new ApiError('ExpiredImportTokenException', 'The import token has expired.');
  }
  return { algorithm, expires, privateKey: Buffer.from(privateKey, 'base64') };
}

function opened({ sealer }: Call, key: KeyRow, token: Uint8Array): Uint8Array {
  try {
    return sealer.open(bindingOf(key), token);
  } catch {
    throw new ApiError('InvalidImportTokenException', 'The import token is not valid for this key.');
  }
}

const bindingOf = ({ account, region, key_id }: KeyRow): Binding => [account, region, 'key', key_id, 'import token'];
