import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import { everyItem } from '../../pages.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';
import { fromMarker } from '../pages.ts';

interface Options extends ListOptions {
  grantee?: string;
  retirable?: string;
}

const words = `
Of one key, or of all that somebody may retire.

Examples:
  latchkey key grant list alias/app
  latchkey key grant list --retirable arn:aws:iam::123456789012:role/web`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('[key]', 'alias/NAME, id or ARN of a key')
      .option('--grantee <arn>', 'only those that this user, role or account got')
      .option('--retirable <arn>', 'those of any key that this user, role or account may retire')
      .addHelpText('after', words),

  async run(context, [text], options) {
    const items = await (text === undefined ? retirable(context, options) : ofKey(context, text, options));
    const columns = ['GrantId', 'Name', 'GranteePrincipal', 'Operations', 'Constraints', 'RetiringPrincipal'];
    await writeList(context.terminal, { columns, items }, options);
  },
};

async function ofKey(context: Context, text: string, { grantee, retirable }: Options) {
  if (retirable !== undefined) throw new UserError('usage', '--retirable is for all keys: leave out the key');
  const { kms, id } = await findKey(context, text);
  return everyItem(
    context.terminal,
    async (Marker) => fromMarker(await kms.listGrants({ KeyId: id, GranteePrincipal: grantee, Marker, Limit: 100 })),
    (page) => page.Grants,
  );
}

async function retirable(context: Context, { retirable, grantee }: Options) {
  if (retirable === undefined || grantee !== undefined) {
    throw new UserError('usage', 'which grants? A key is missing, or --retirable ARN alone', {
      hints: ['latchkey key grant list KEY'],
    });
  }
  const { kms } = await context.clients();
  return everyItem(
    context.terminal,
    async (Marker) => fromMarker(await kms.listRetirableGrants({ RetiringPrincipal: retirable, Marker, Limit: 100 })),
    (page) => page.Grants,
  );
}
