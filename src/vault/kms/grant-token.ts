import { ApiError, VaultError } from '../errors.ts';
import type { Call, Operation } from '../operation.ts';
import type { GrantRow } from './grant-rows.ts';

/** What a grant token says, sealed: which grant it is of. Each is another text, and all of one grant are as good. */
type Named = Pick<GrantRow, 'account' | 'region' | 'key_id' | 'grant_id'>;

const binding = ['grant token'];

/** A new token of a grant, in base64. */
export function tokenOf({ sealer }: Call, { account, region, key_id, grant_id }: Named): string {
  const named: Named = { account, region, key_id, grant_id };
  return Buffer.from(sealer.seal(binding, Buffer.from(JSON.stringify(named)))).toString('base64');
}

/** The grant that a token is of, there or not. Throws InvalidGrantTokenException for what is no token of this vault's. */
export function grantNamedBy({ sealer }: Call, token: string): Named {
  const sealed = Buffer.from(token, 'base64');
  if (sealed.toString('base64') !== token) throw invalid(); // Node's reader takes more than base64
  try {
    return JSON.parse(Buffer.from(sealer.open(binding, sealed)).toString());
  } catch (error) {
    throw error instanceof VaultError ? invalid() : error;
  }
}

const invalid = () => new ApiError('InvalidGrantTokenException', 'The grant token is not valid.');

/**
 * An operation that looks at its GrantTokens first, if it takes any: each must be one. What they would permit is
 * permitted anyway, and whether a grant is there still is not asked: a client may keep its token for longer.
 */
export const lookingAtTokens = (operation: Operation): Operation =>
  operation.input.members!.GrantTokens === undefined
    ? operation
    : {
        ...operation,
        run: (call, input, prepared) => {
          const { GrantTokens = [] } = input as { GrantTokens?: string[] };
          for (const token of GrantTokens) grantNamedBy(call, token);
          return operation.run(call, input, prepared);
        },
      };
