import type { Command } from 'commander';
import { UserError } from '../errors.ts';

export interface Tag {
  Key: string;
  Value: string;
}

/** Adds `--tag KEY=VALUE`, which may be given many times. */
export const addTagOption = (command: Command): Command =>
  command.option('--tag <key=value>', 'a tag; give it again for more', readTag);

function readTag(text: string, before: Tag[] = []): Tag[] {
  const [Key, Value] = splitPair(text, '--tag');
  return [...before, { Key, Value }];
}

/** `KEY=VALUE` at its first `=`; the value may be empty. Throws code `usage`. */
export function splitPair(text: string, option: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UserError('usage', `${option} expects KEY=VALUE, got "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}
