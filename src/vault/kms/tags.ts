import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { list, required, string, structure } from '../shape.ts';
import { type KeyRow, setTags } from './rows.ts';

export interface Tag {
  TagKey: string;
  TagValue: string;
}

const mostTags = 50;

export const tagKey = string({ min: 1, max: 128 });
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Tag.html */
export const tags = list(structure({ TagKey: required(tagKey), TagValue: required(string({ max: 256 })) }));

export const tagsOf = (key: KeyRow): Tag[] => JSON.parse(key.tags);

/** The old tags and the new; where both have a key, the new value. Throws TagException for what AWS refuses. */
export function mergeTags(before: readonly Tag[], added: readonly Tag[]): Tag[] {
  const keys = added.map(({ TagKey }) => TagKey);
  if (new Set(keys).size < keys.length) throw refused('Duplicate tag keys');
  if (keys.some((key) => /^aws:/i.test(key))) throw refused('Tags beginning with aws: are reserved');
  const merged = new Map([...before, ...added].map(({ TagKey, TagValue }) => [TagKey, TagValue]));
  if (merged.size > mostTags) throw refused('Too many tags');
  return Array.from(merged, ([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

export const writeTags = ({ database }: Call, { account, region, key_id }: KeyRow, tags: readonly Tag[]) =>
  setTags.run(database, JSON.stringify(tags), account, region, key_id);

const refused = (message: string) => new ApiError('TagException', message);
