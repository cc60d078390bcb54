import { randomBytes } from 'node:crypto';

/**
 * A label of our own that a rotation keeps on the version it makes: it says which version was current then, so that a
 * rotation that was cut off is known for what it is, and whether it has been overtaken.
 */
export interface Mark {
  readonly stage: string;
  /** The version it is on. */
  readonly version: string;
  readonly kind: Kind;
  /** The version that was current. */
  readonly from: string;
}

/** To a new version, or back to the one before. */
export type Kind = 'rotate' | 'rollback';

const form = /^latchkey-(rotate|rollback)-from-(.+)-[0-9a-f]{8}$/;

/** A new mark for `version`. No two are the same: of two rotations at once, one would take the other's away. */
export const markOf = (kind: Kind, version: string, from: string): Mark => ({
  stage: `latchkey-${kind}-from-${from}-${randomBytes(4).toString('hex')}`,
  version,
  kind,
  from,
});

/** What a label says; undefined for one that is not ours. */
export function readMark(stage: string, version: string): Mark | undefined {
  const [, kind, from] = form.exec(stage) ?? [];
  return from === undefined ? undefined : { stage, version, kind: kind as Kind, from };
}
