import { nextWindow } from '../../schedule/windows.ts';
import type { Database } from '../store/database.ts';
import { rotationOf } from './rotation.ts';
import { type SecretRow, selectRotating, selectStage } from './rows.ts';
import { current, pending } from './versions.ts';

/** A rotation that somebody is to work off: the vault itself calls nobody. */
export interface Waiting {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly name: string;
  /** What RotateSecret named as the function that rotates it. */
  readonly functionArn: string;
  /** The version that it has begun; undefined where a window of its schedule has opened, and nobody has begun. */
  readonly token?: string;
}

/** Rotations that were begun and have not ended, and those whose time has come. A replica's are its primary's. */
export function waitingRotations(database: Database, now: Date): Waiting[] {
  return database.transaction('read', () =>
    selectRotating.all(database).flatMap((secret) => waitingOf(database, secret, now)),
  );
}

function waitingOf(database: Database, secret: SecretRow, now: Date): Waiting[] {
  const { RotationEnabled, RotationLambdaARN: functionArn, RotationRules, since } = rotationOf(secret)!;
  if (!RotationEnabled || functionArn === undefined) return [];
  const { account, region, arn, name } = secret;
  const token = begunIn(database, secret);
  const opens = nextWindow(RotationRules ?? {}, since)?.opens;
  const isDue = token !== undefined || (opens !== undefined && opens <= now.getTime());
  return isDue ? [{ account, region, arn, name, functionArn, token }] : [];
}

/** The version that is pending, unless it is the current one: then its rotation has ended, and left its label. */
function begunIn(database: Database, { arn }: SecretRow): string | undefined {
  const begun = selectStage.get(database, arn, pending)?.version_id;
  return begun === selectStage.get(database, arn, current)?.version_id ? undefined : begun;
}
