import { cursorOf, tokenOf } from '../cursor.ts';
import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { labelsOf } from './labels.ts';
import { maxResults, nextToken, parameterName, withDecryption } from './members.ts';
import { metadataOf } from './metadata.ts';
import { findParameter } from './names.ts';
import { selectVersionsAfter } from './rows.ts';
import { shownValue } from './values.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
export const getParameterHistory = reading(
  {
    Name: required(parameterName),
    WithDecryption: withDecryption,
    MaxResults: maxResults(50),
    NextToken: nextToken,
  },
  (call, { Name, WithDecryption, MaxResults: limit = 50, NextToken: token }) => {
    const { account, region, name } = findParameter(call, Name);
    const [, after] = cursorOf(token, [`history ${name}`, 0], 'InvalidNextToken');
    const rows = selectVersionsAfter.all(call.database, account, region, name, after, limit + 1);
    const shown = rows.slice(0, limit);
    return {
      Parameters: shown.map(({ ...row }) => ({
        ...metadataOf(row, call.now),
        ARN: undefined,
        Value: shownValue(call, row, WithDecryption),
        Labels: labelsOf(call, row),
      })),
      NextToken: rows.length > limit ? tokenOf([`history ${name}`, shown.at(-1)!.version]) : undefined,
    };
  },
);
