import { boolean, enumeration, integer, list, required, string, structure } from '../shape.ts';

/** A name or an ARN. What names may hold is checked where one is made (names.ts). */
export const parameterName = string({ min: 1, max: 2048 });
export const names = list(parameterName, { min: 1, max: 10 });
export const withDecryption = boolean();
export const nextToken = string();
export const maxResults = (max: number) => integer({ min: 1, max });
export const parameterType = enumeration('String', 'StringList', 'SecureString');
export const tier = enumeration('Standard', 'Advanced', 'Intelligent-Tiering');

const tagText = '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)';
export const tags = list(
  structure({
    Key: required(string({ min: 1, max: 128, pattern: tagText })),
    Value: required(string({ min: 0, max: 256, pattern: tagText })),
  }),
  { max: 1000 },
);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
export const parameterFilters = list(
  structure({
    Key: required(string({ min: 1, max: 132, pattern: 'tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType' })),
    Option: string({ min: 1, max: 10 }),
    Values: list(string({ min: 1, max: 1024 }), { min: 1, max: 50 }),
  }),
);
