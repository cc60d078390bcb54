import { ApiError } from '../errors.ts';
import { type Call, reading } from '../operation.ts';
import { integer, list } from '../shape.ts';
import { filters } from './filters.ts';
import { readCurrent } from './get-secret-value.ts';
import { nextToken, secretId } from './members.ts';
import { findUsableSecret } from './names.ts';
import { listPage } from './pages.ts';

const mostSecrets = 20;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html */
export const batchGetSecretValue = reading(
  {
    SecretIdList: list(secretId, { min: 1, max: mostSecrets }),
    Filters: filters,
    MaxResults: integer({ min: 1, max: mostSecrets }),
    NextToken: nextToken,
  },
  (call, { SecretIdList, Filters, MaxResults, NextToken }) => {
    if ((SecretIdList === undefined) === (Filters === undefined)) {
      throw refused("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    if (SecretIdList) {
      if (MaxResults !== undefined) {
        throw refused("'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.");
      }
      return readAll(call, SecretIdList);
    }
    const { page, NextToken: next } = listPage(call, { Filters: Filters!, NextToken }, MaxResults ?? mostSecrets);
    return {
      ...readAll(
        call,
        page.map(({ arn }) => arn),
      ),
      NextToken: next,
    };
  },
);

/** The values that can be read, and for each of the others what GetSecretValue would have said. */
function readAll(call: Call, ids: string[]) {
  const SecretValues: object[] = [];
  const Errors: object[] = [];
  for (const SecretId of ids) {
    try {
      SecretValues.push(readCurrent(call, findUsableSecret(call, SecretId)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      Errors.push({ SecretId, ErrorCode: error.type, Message: error.message });
    }
  }
  return { SecretValues, Errors };
}

const refused = (message: string) => new ApiError('InvalidParameterException', message);
