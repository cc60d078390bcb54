import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { list, string } from '../shape.ts';
import { putLabel, selectLabels, type VersionRow } from './rows.ts';

const mostLabels = 10;

export const labels = list(string({ min: 1, max: 100 }), { min: 1, max: mostLabels });

/** Whether a text may be a label; AWS does not refuse a request for the others, but lists them in its answer. */
export const isLabel = (text: string): boolean => /^[\w.-]+$/.test(text) && !/^(?:\d|aws|ssm)/i.test(text);

export const labelsOf = ({ database }: Call, { account, region, name, version }: VersionRow): string[] =>
  selectLabels.all(database, account, region, name, version).map(({ label }) => label);

/** Puts labels on a version, and takes them off any other. Throws ParameterVersionLabelLimitExceeded beyond ten. */
export function putLabels(call: Call, row: VersionRow, added: string[]): void {
  const { account, region, name, version } = row;
  for (const label of added) putLabel.run(call.database, account, region, name, label, version);
  if (labelsOf(call, row).length <= mostLabels) return;
  throw new ApiError(
    'ParameterVersionLabelLimitExceeded',
    'A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.',
  );
}
