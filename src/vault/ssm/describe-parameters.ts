import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { boolean, enumeration, list, required, string, structure } from '../shape.ts';
import { checkFilters, describedBy, type Filter, matches } from './filters.ts';
import { maxResults, nextToken, parameterFilters } from './members.ts';
import { metadataOf } from './metadata.ts';
import { pageOfParameters } from './pages.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters = reading(
  {
    Filters: list(
      structure({
        Key: required(enumeration('Name', 'Type', 'KeyId')),
        Values: required(list(string({ min: 1, max: 1024 }), { min: 1, max: 50 })),
      }),
    ),
    ParameterFilters: parameterFilters,
    MaxResults: maxResults(50),
    NextToken: nextToken,
    /** Of other accounts: none are shared with a vault. */
    Shared: boolean(),
  },
  (call, { Filters = [], ParameterFilters = [], MaxResults: limit = 50, NextToken: token, Shared }) => {
    if (Filters.length > 0 && ParameterFilters.length > 0) {
      throw new ApiError('ValidationException', 'You can use either Filters or ParameterFilters in a single request.');
    }
    checkFilters(ParameterFilters, describedBy);
    const filters: Filter[] = [...ParameterFilters, ...Filters.map((filter) => ({ ...filter, Option: 'BeginsWith' }))];
    const { rows, ...next } = pageOfParameters(call, { limit, token }, (row) => !Shared && matches(row, filters));
    return { Parameters: rows.map((row) => metadataOf(row, call.now)), ...next };
  },
);
