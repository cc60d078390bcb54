import { type Call, reading } from '../operation.ts';
import { boolean, required } from '../shape.ts';
import { checkFilters, isBelow, matches } from './filters.ts';
import { maxResults, nextToken, parameterFilters, parameterName, withDecryption } from './members.ts';
import { checkPath, findVersion, type Selected } from './names.ts';
import { pageOfParameters } from './pages.ts';
import { type ParameterRow, selectLabel } from './rows.ts';
import { parameterOf } from './values.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export const getParametersByPath = reading(
  {
    Path: required(parameterName),
    Recursive: boolean(),
    ParameterFilters: parameterFilters,
    WithDecryption: withDecryption,
    MaxResults: maxResults(10),
    NextToken: nextToken,
  },
  (
    call,
    { Path, Recursive = false, ParameterFilters = [], WithDecryption, MaxResults: limit = 10, NextToken: token },
  ) => {
    checkPath(Path);
    checkFilters(ParameterFilters, ['Type', 'KeyId', 'Label']);
    // Names without a slash are below the root, too.
    const prefix = Path === '/' ? '' : `${Path.replace(/\/$/, '')}/`;
    const labels = ParameterFilters.find(({ Key }) => Key === 'Label')?.Values;
    const filters = ParameterFilters.filter(({ Key }) => Key !== 'Label');
    const { rows, ...next } = pageOfParameters(
      call,
      { limit, token, prefix },
      (row) =>
        isBelow(row.name, Path, Recursive) && matches(row, filters) && versionOf(call, row, labels) !== undefined,
    );
    return {
      Parameters: rows.map((row) => parameterOf(call, versionOf(call, row, labels)!, WithDecryption)),
      ...next,
    };
  },
);

/** A parameter's newest version, or the one that has one of the labels; undefined where none has. */
function versionOf(call: Call, row: ParameterRow, labels: readonly string[] | undefined): Selected | undefined {
  if (labels === undefined) return { row };
  const { account, region, name } = row;
  const found = labels.flatMap((label) => selectLabel.get(call.database, account, region, name, label) ?? [])[0];
  return found && { row: findVersion(call, name, found.version), selector: `:${found.label}` };
}
