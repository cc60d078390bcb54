import type { Command } from 'commander';
import { readDuration } from '../exec/duration.ts';
import { readSize } from './message-options.ts';

/** How long one data key serves, whichever ends first. */
export interface CacheOptions {
  cacheMessages: number;
  cacheBytes: number;
  /** In milliseconds. */
  cacheAge: number;
}

const most = { least: 1, most: 2 ** 32 };

export const addCacheOptions = (command: Command): Command =>
  command
    .option(
      '--cache-messages <number>',
      'with --recursive: files that share a data key of KMS at most; 1 for none',
      (text) => readSize(text, '--cache-messages', most),
      1000,
    )
    .addOption(
      command
        .createOption('--cache-bytes <bytes>', 'with --recursive: bytes that are sealed under it at most')
        .argParser((text) => readSize(text, '--cache-bytes', { least: 1, most: 2 ** 50 }))
        .default(64 * 1024 ** 3, '64g'),
    )
    .addOption(
      command
        .createOption('--cache-age <time>', 'with --recursive: how long it is used, like 30s')
        .argParser(readDuration)
        .default(300_000, '5m'),
    );
