import type { Surroundings } from '../rotator.ts';

/** Left out: what RDS and Redshift refuse, and what breaks connection strings and shells. */
const excludeCharacters = ':/@"\'\\`$%&?#{}[] ';

/** Of a length that every engine takes: MySQL's replication stops at 32. */
export const newPassword = ({ randomPassword }: Surroundings): Promise<string> =>
  randomPassword({ length: 32, excludeCharacters, requireEachIncludedType: true });
