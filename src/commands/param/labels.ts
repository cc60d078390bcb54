import type { Ssm } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';

const most = 10;

/**
 * Throws code `usage` for labels that no version can have. Parameter Store says so only after it has given the others,
 * so this comes before anything is written.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html
 */
export function requireLabels(labels: readonly string[]): void {
  const wrong = labels.filter((label) => !/^(?!\d|aws|ssm)[\w.-]{1,100}$/i.test(label));
  if (wrong.length > 0) throw notTaken(wrong);
  if (labels.length > most) throw new UserError('usage', `a version has at most ${most} labels, got ${labels.length}`);
}

/** Gives labels to a version. Throws code `usage` for those that Parameter Store does not take. */
export async function giveLabels(ssm: Ssm, Name: string, version: number | undefined, labels: string[]): Promise<void> {
  requireLabels(labels);
  const { InvalidLabels = [] } = await ssm.labelParameterVersion({
    ...{ Name, Labels: labels },
    ParameterVersion: version,
  });
  if (InvalidLabels.length > 0) throw notTaken(InvalidLabels);
}

/** Gives labels to the version that was just stored. Throws code `partial`, since that one stays. */
export function labelNew(ssm: Ssm, name: string, version: number, labels: string[]): Promise<void> {
  return giveLabels(ssm, name, version, labels).catch((cause: Error) => {
    const message = `version ${version} of parameter "${name}" is stored, but not its labels: ${cause.message || cause.name}`;
    const hints = [`latchkey param label ${name}:${version} ${labels.join(' ')}`];
    throw new UserError('partial', message, { hints, cause });
  });
}

function notTaken(labels: readonly string[]): UserError {
  const names = labels.map((label) => `"${label}"`).join(', ');
  return new UserError('usage', `Parameter Store does not take these labels: ${names}`, {
    hints: ['up to 100 letters, digits and "_.-", not beginning with a digit, "aws" or "ssm"'],
  });
}
