import { ApiError } from '../errors.ts';

interface Tagged {
  readonly Tags?: readonly { readonly Key: string }[];
  readonly TransitiveTagKeys?: readonly string[];
}

/** Keys count upper and lower case the same. Throws InvalidParameterValue. */
export function requireTagsInOrder({ Tags = [], TransitiveTagKeys = [] }: Tagged): void {
  const keys = new Set(Tags.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < Tags.length) {
    throw refused('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (!TransitiveTagKeys.every((key) => keys.has(key.toLowerCase()))) {
    throw refused('The specified transitive tag key must be included in the requested tags.');
  }
}

const refused = (message: string) => new ApiError('InvalidParameterValue', message);
