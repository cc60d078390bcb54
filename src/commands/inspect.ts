import fs from 'node:fs';
import { unarmor } from '../envelope/armor.ts';
import { type Inspection, inspect } from '../envelope/inspect.ts';
import { openSource, type Source } from '../input/chunks.ts';
import { addListOptions, type ListOptions, writeRecord } from '../output/list.ts';
import { describeHeader } from './envelope/describe.ts';
import { notingArmor } from './envelope/noting-armor.ts';
import { tailLength, textLength } from './envelope/text-length.ts';
import { explainDamage } from './envelope/trouble.ts';
import type { Verb } from './verb.ts';

interface Options extends ListOptions {
  json?: boolean;
}

const words = `
Reads what a sealed file says of itself in the open; no key is needed, and nothing of it is verified. OpenedBy has a
line for each key that opens it: aws-kms and an ARN, latchkey and the name that "latchkey keygen" printed, or what other
SDKs call theirs.

Examples:
  latchkey inspect backup.tar.lk
  latchkey inspect backup.tar.lk --query 'OpenedBy[0]' --output text`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command.argument('<file>', 'a sealed file; "-" is standard input'))
      .option('--json', 'the same as --output json')
      .addHelpText('after', words),

  async run(context, [file], options) {
    const source = openSource(context, file!);
    const start = { armored: false };
    const header = await inspect(unarmor(notingArmor(source.chunks, start))).catch((error) => {
      throw explainDamage(error, source.said);
    });
    const record = {
      ...describeHeader(header),
      HeaderBytes: header.headerLength,
      ...(start.armored ? { Armored: true } : {}),
      ...sizesOf(file!, source, header, start.armored),
    };
    await writeRecord(context.terminal, record, options.json ? { ...options, output: 'json' } : options);
  },
};

/** Of a file they are known without reading it. */
function sizesOf(file: string, { stats }: Source, header: Inspection, armored: boolean) {
  if (!stats?.isFile()) return {};
  if (armored) return { Bytes: stats.size };
  return { Bytes: stats.size, TextBytes: textLength(header, stats.size, tailOf(file, stats.size)) };
}

function tailOf(file: string, size: number): Uint8Array {
  const fd = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(size, tailLength));
    fs.readSync(fd, buffer, 0, buffer.length, size - buffer.length);
    return buffer;
  } finally {
    fs.closeSync(fd);
  }
}
