import type { Command } from 'commander';

export interface FolderOptions {
  recursive?: boolean;
  suffix: string;
  metadata?: string;
}

export const addFolderOptions = (command: Command): Command =>
  command
    .option('--recursive', 'all files below a folder; --out is the folder that they go to')
    .option('--suffix <suffix>', 'with --recursive: what the name of a sealed file ends with', '.lk')
    .option('--metadata <file>', 'with --recursive: add a line of JSON for each file to this one');
