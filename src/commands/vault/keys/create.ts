import type { SessionFlags } from '../../../aws/session.ts';
import { UserError } from '../../../errors.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../../output/list.ts';
import type { Verb } from '../../verb.ts';
import { readAccount } from '../account.ts';
import { withVault } from '../open.ts';

interface Options extends SessionFlags, ListOptions {
  user?: string;
  account?: string;
  description?: string;
}

const words = `
An access key lets an AWS SDK call "latchkey vault serve". Its secret half is shown once, and kept sealed.
Prints two lines for a shell; the secret is in them.

Examples:
  latchkey vault keys create
  latchkey vault keys create --user ci --output json`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .option('--user <name>', "whose it is; the account's root when left out", readUser)
      .option('--account <digits>', "the account, 12 digits; the vault's own when left out", readAccount)
      .option('--description <text>', 'what it is for')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const { user, account, description } = options;
    const { key, metadata } = await withVault(context, options, ({ accessKeys }) => {
      const key = accessKeys.create({ user, account, description });
      return { key, metadata: accessKeys.list().find(({ AccessKeyId }) => AccessKeyId === key.accessKeyId) };
    });
    const { accessKeyId, secretAccessKey } = key;
    if (options.output || options.query) {
      await writeRecord(context.terminal, { ...metadata, SecretAccessKey: secretAccessKey }, options);
    } else {
      await context.terminal.write(`AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\n`);
    }
    context.terminal.remark('the secret half is not shown again');
  },
};

function readUser(text: string): string {
  if (/^[\w+=,.@-]{1,64}$/.test(text)) return text;
  throw new UserError('usage', `a user name has letters, digits and _+=,.@-, at most 64, got "${text}"`);
}
