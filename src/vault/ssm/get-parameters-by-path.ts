import { reading } from '../operation.ts';
import { boolean, required } from '../shape.ts';
import { checkFilterKeys, isBelow, matches } from './filters.ts';
import { maxResults, nextToken, parameterFilters, parameterName, withDecryption } from './members.ts';
import { checkPath } from './names.ts';
import { pageOfParameters } from './pages.ts';
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
    checkFilterKeys(ParameterFilters, ['Type', 'KeyId']);
    // Names without a slash are below the root, too.
    const prefix = Path === '/' ? '' : `${Path.replace(/\/$/, '')}/`;
    const { rows, ...next } = pageOfParameters(
      call,
      { limit, token, prefix },
      (row) => isBelow(row.name, Path, Recursive) && matches(row, ParameterFilters),
    );
    return { Parameters: rows.map((row) => parameterOf(call, { row }, WithDecryption)), ...next };
  },
);
