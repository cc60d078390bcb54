import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { type SecretRow, setTags } from './rows.ts';

export interface Tag {
  Key: string;
  Value?: string;
}

const mostTags = 50;

export const tagsOf = (secret: SecretRow): Tag[] => JSON.parse(secret.tags);

/** The old tags and the new; where both have a key, the new value. Throws for what AWS refuses, and beyond 50. */
export function mergeTags(before: Tag[], added: Tag[]): Tag[] {
  const keys = added.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) throw refused('Duplicate tag keys');
  if (keys.some((key) => /^aws:/i.test(key))) throw refused('Tags beginning with aws: are reserved');
  const merged = new Map([...before, ...added].map(({ Key, Value = '' }) => [Key, Value]));
  if (merged.size > mostTags) throw refused('Too many tags');
  return Array.from(merged, ([Key, Value]) => ({ Key, Value }));
}

export const writeTags = ({ database }: Call, { arn }: SecretRow, tags: Tag[]) =>
  setTags.run(database, JSON.stringify(tags), arn);

const refused = (message: string) => new ApiError('InvalidParameterException', message);
