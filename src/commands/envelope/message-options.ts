import type { Command } from 'commander';
import type { Policy } from '../../envelope/policy.ts';
import { type SuiteName, suiteNames } from '../../envelope/suites.ts';
import { UserError } from '../../errors.ts';
import { addContextOption, type EncryptionContext } from '../key/encryption-context.ts';

const policies: readonly Policy[] = ['require-require', 'require-allow', 'forbid-allow'];

/** What both sealing and opening are told of a message. */
export interface MessageOptions {
  context?: EncryptionContext;
  commitment?: Policy;
  maxDataKeys?: number;
}

export const addMessageOptions = (command: Command): Command =>
  addContextOption(command)
    .addOption(
      command
        .createOption('--commitment <policy>', 'must a message be bound to its key, sealing and opening')
        .choices(policies),
    )
    .option('--max-data-keys <number>', 'how many may be able to open it at most', readMaxDataKeys);

/** Names that say what a suite does, beside the numbers of the format. */
const friendly: Readonly<Record<string, SuiteName>> = { signed: '0578', unsigned: '0478' };

/** A suite by its number, `0478` or `0x0478`, or by what it does. Throws code `usage` for any other. */
export function readSuite(text: string): SuiteName {
  const name = friendly[text] ?? suiteNames.find((one) => one === text.replace(/^0x/i, '').padStart(4, '0'));
  if (name) return name;
  throw new UserError('usage', `--suite expects signed, unsigned or a number, got "${text}"`, {
    hints: [`numbers are ${suiteNames.join(', ')}`],
  });
}

const longestFrame = 0xffff_ffff;

/** Bytes, also as `64k` or `1m`. Throws code `usage` for what is no length of a frame. */
export const readFrameLength = (text: string): number =>
  readSize(text, '--frame-length', { least: 0, most: longestFrame });

const readMaxDataKeys = (text: string): number => readSize(text, '--max-data-keys', { least: 1, most: 65_535 });

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** A whole number, perhaps with `k`, `m` or `g` behind it. */
export function readSize(text: string, option: string, { least, most }: { least: number; most: number }): number {
  const [, digits, unit = ''] = /^(\d{1,15})([kmg]?)$/i.exec(text) ?? [];
  const size = Number(digits) * units[unit.toLowerCase()]!;
  if (size >= least && size <= most) return size;
  throw new UserError('usage', `${option} expects ${least} to ${most.toLocaleString('en')}, got "${text}"`);
}
