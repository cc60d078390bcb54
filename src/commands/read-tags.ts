import { UserError } from '../errors.ts';
import type { Tags } from './tag/tags-of.ts';
import type { Tag } from './tags.ts';

/** Tags of the command line. Throws code `usage` for what no service takes, and for a key named twice. */
export function readTags(tags: readonly Tag[]): Tags {
  for (const { Key, Value } of tags) {
    requireKey(Key);
    if (Value.length > 256)
      throw new UserError('usage', `the value of tag "${Key}" has ${Value.length} characters, at most 256 are allowed`);
  }
  const keys = tags.map(({ Key }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new UserError('usage', `tag "${twice}" is named twice`);
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** Throws code `usage` for what is no key of a tag, or of one that AWS gives itself. */
export function requireKey(key: string): void {
  if (/^aws:/i.test(key)) throw new UserError('usage', `tags that begin with "aws:" are AWS's own, got "${key}"`);
  if (key.length < 1 || key.length > 128) {
    throw new UserError('usage', `the key of a tag has 1 to 128 characters, got ${key.length}`);
  }
}
