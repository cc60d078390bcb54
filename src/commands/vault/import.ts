import { readKeyFile } from '../../aws/key-file.ts';
import { rootSecretOf } from '../../aws/vault-key.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { readValue } from '../../input/value.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { VaultError } from '../../vault/errors.ts';
import type { ImportPlan } from '../../vault/exchange/import.ts';
import type { Header } from '../../vault/store/header.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Verb } from '../verb.ts';
import { withVault } from './open.ts';
import { addRecoveryOptions, type RecoveryOptions, readRecovery } from './recovery.ts';

interface Options extends RecoveryOptions, PlanOptions, ListOptions {
  skipExisting?: boolean;
  overwrite?: boolean;
  keyFile?: string;
  passphraseFile?: string;
}

const words = `
Takes all of an export in, or nothing. What is there already and the same is left alone, so that it may be run again;
where something is there and different, nothing is done, unless you say what is to become of it.

Examples:
  latchkey vault import ./everything.jsonl --dry-run
  latchkey vault import ./everything.jsonl --skip-existing --yes`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(addPlanOptions(addRecoveryOptions(command)))
      .argument('<file>', 'what "latchkey vault export" printed; "-" is standard input')
      .option('--skip-existing', 'what is there already stays as it is')
      .addOption(command.createOption('--overwrite', 'what is there already goes for good').conflicts('skipExisting'))
      .addOption(
        command
          .createOption('--key-file <file>', 'the key file of the vault that the export is from')
          .conflicts(['passphraseFile', 'recoveryKey', 'recoveryKeyFile']),
      )
      .option('--passphrase-file <file>', 'the passphrase of the export is in this file')
      .addHelpText('after', words),

  async run(context, [name], options) {
    const text = Buffer.from(await readValue(context, { valueFile: name }, { question: 'Export' })).toString();
    const unlock = unlocking(context, options);
    await withVault(context, options, async (vault) => {
      const opened = await openExport(vault, text, async (header) => {
        if (header.account !== vault.header.account) throw otherAccount(header.account, vault.header.account);
        return unlock(header);
      });
      const plan = opened.plan();
      const whenTaken = options.overwrite ? 'overwrite' : options.skipExisting ? 'skip' : 'refuse';
      if (whenTaken === 'refuse' && plan.taken.length > 0) throw taken(plan.taken);
      const lines = linesOf(plan, whenTaken);
      if (!(await confirmPlan(context, { lines, question: 'Take them in?' }, options))) return;
      const done = opened.run(whenTaken);
      const [overwritten, skipped] = whenTaken === 'overwrite' ? [done.taken, []] : [[], done.taken];
      const counts = { Added: done.added, Overwritten: overwritten, Skipped: skipped, Same: done.same };
      await writeRecord(
        context.terminal,
        Object.fromEntries(Object.entries(counts).map(([word, items]) => [word, items.length])),
        options,
      );
    });
  },
};

async function openExport(vault: Vault, ...given: Parameters<Vault['openExport']>) {
  try {
    return await vault.openExport(...given);
  } catch (cause) {
    if (!(cause instanceof VaultError) || cause.code !== 'wrong-key') throw cause;
    throw new UserError('integrity', 'the export does not open with that', {
      hints: ['name what opens it: --key-file, --passphrase-file or --recovery-key'],
      cause,
    });
  }
}

/** What opens the export: what was named, else what would open the vault that it is from. */
function unlocking(context: Context, options: Options) {
  return async (header: Header) => {
    const recovery = await readRecovery(context, options);
    if (recovery) return recovery;
    if (options.keyFile !== undefined) return { key: readKeyFile(options.keyFile) };
    if (options.passphraseFile === undefined) return rootSecretOf(header, context);
    const bytes = await readValue(context, { valueFile: options.passphraseFile, trimNewline: true }, { question: '' });
    return { passphrase: Buffer.from(bytes).toString() };
  };
}

const linesOf = ({ added, same, taken }: ImportPlan, whenTaken: string): string[] => [
  ...added.map((one) => `add ${one}`),
  ...taken.map((one) => `${whenTaken === 'overwrite' ? 'overwrite' : 'leave'} ${one}`),
  ...(same.length > 0 ? [`${same.length} are there already, and the same`] : []),
];

const mostNamed = 10;

function taken(names: readonly string[]): UserError {
  const more = names.length > mostNamed ? [`and ${names.length - mostNamed} more`] : [];
  const named = [...names.slice(0, mostNamed), ...more].join('; ');
  return new UserError('conflict', `there already, and different: ${named}`, {
    hints: [
      'nothing was done; to leave them as they are: --skip-existing',
      'to put the others in their place: --overwrite',
    ],
  });
}

const otherAccount = (theirs: string, ours: string) =>
  new UserError(
    'conflict',
    `the export is from account ${theirs}, this vault's is ${ours}: names and keys are bound to it`,
    {
      hints: [`make a vault for it: "latchkey vault init --account ${theirs} --vault-name NAME"`],
    },
  );
