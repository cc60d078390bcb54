import { explain } from '../../aws/errors.ts';
import type { SessionFlags } from '../../aws/session.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { visible } from '../../output/visible.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Verb } from '../verb.ts';
import { type Due, dueByTag, type Reach } from './due/tagged.ts';

interface Options extends SessionFlags, ListOptions, Reach {
  parallel: number;
  dryRun?: boolean;
}

const words = `
For a timer, cron or CI to run: it rotates the secrets that "latchkey rotate schedule" has put on a schedule and whose
time has come, late ones, too, and goes on with what was cut off. Those with a function of Lambda AWS rotates itself; in
the vault they are done here, by what "latchkey rotate function" says. A line each; exit 1 if any failed.

Examples:
  latchkey rotate due
  latchkey rotate due --dry-run --output table`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .option('--dry-run', 'list what is due, and rotate nothing')
      .option('--parallel <number>', 'how many at once', readParallel, 4)
      .addOption(
        command
          .createOption('--tls <mode>', 'verify the certificates of databases, require TLS alone, or disable it')
          .choices(['verify', 'require', 'disable'])
          .default('verify'),
      )
      .option('--ca <file>', 'trust these certificates (PEM) and no others')
      .addHelpText('after', words),

  async run(context, _args, options) {
    return withAllDue(context, options, async (all) => {
      if (options.dryRun) return list(context, all, options);
      const failed = await rotateAll(context, all, options.parallel);
      if (all.length === 0) context.terminal.remark('nothing is due');
      return failed > 0 ? 1 : undefined;
    });
  },
};

function readParallel(text: string): number {
  const count = Number(text);
  if (/^\d{1,2}$/.test(text) && count >= 1) return count;
  throw new UserError('usage', `--parallel expects 1 to 99, got "${text}"`);
}

/** With those that the vault waits for, where the session is a vault. */
async function withAllDue<T>(context: Context, options: Options, work: (all: Due[]) => Promise<T>): Promise<T> {
  const tagged = await dueByTag(context, { tls: options.tls, ca: options.ca });
  if ((await context.session()).kind !== 'vault') return work(tagged);
  const { withWaiting } = await import('../vault/rotations/waiting.ts');
  return withWaiting(context, options, (waiting) => work([...waiting, ...tagged]));
}

async function list({ terminal }: Context, all: Due[], options: ListOptions): Promise<undefined> {
  const items = all.map(({ name, why, until }) => ({ Name: name, Why: why, Until: until }));
  await writeList(terminal, { columns: ['Name', 'Why', 'Until'], items, none: 'nothing is due' }, options);
}

/** How many failed. */
async function rotateAll({ terminal }: Context, all: Due[], parallel: number): Promise<number> {
  const fates = await sideBySide(
    all,
    async ({ name, rotate }) => {
      const error = await rotate().then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      await terminal.write(`${error ? 'failed' : 'rotated'} ${visible(name)}\n`);
      if (error) sayWhy(terminal, name, error);
      return error === undefined;
    },
    parallel,
  );
  return fates.filter((isDone) => !isDone).length;
}

/** In our words where there are any: an error that nobody foresaw could hold a value. */
function sayWhy(terminal: Context['terminal'], name: string, error: Error): void {
  const known = error instanceof UserError ? error : explain(error);
  terminal.say(`latchkey: error: "${name}" was not rotated: ${known?.message ?? error.name}`);
  for (const hint of known?.hints ?? []) terminal.say(`latchkey: hint: ${hint}`);
}
