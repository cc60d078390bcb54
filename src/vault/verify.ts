import * as iam from './iam/verify.ts';
import * as kms from './kms/verify.ts';
import type { Call } from './operation.ts';
import * as secretsManager from './secretsmanager/verify.ts';
import * as ssm from './ssm/verify.ts';
import { type Database, statement } from './store/database.ts';
import type { Sealer } from './store/sealing.ts';

const checkIntegrity = statement<{ integrity_check: string }>('PRAGMA integrity_check');

/** In a transaction of the caller's: reads the whole vault, opens every sealed value and follows every reference; the problems found, in words. */
export const problemsOf = (
  database: Database,
  sealer: Sealer,
  callIn: (region: string, account?: string) => Call,
): string[] => [
  ...collect(() => checkFile(database)),
  ...collect(() => iam.problems(database, sealer)),
  ...[kms, secretsManager, ssm].flatMap((service) => collect(() => service.problems(database, callIn))),
];

function* checkFile(database: Database): Generator<string> {
  for (const { integrity_check: finding } of checkIntegrity.all(database)) {
    if (finding !== 'ok') yield `the file is damaged: ${finding}`;
  }
}

/** What a check finds before it ends, or before damage ends it. */
function collect(check: () => Generator<string>): string[] {
  const found: string[] = [];
  try {
    for (const problem of check()) found.push(problem);
  } catch (error) {
    found.push((error as Error).message);
  }
  return found;
}
