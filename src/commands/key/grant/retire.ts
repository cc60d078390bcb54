import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';
import { findGrant, linesOf } from './find-grant.ts';

interface Options extends PlanOptions {
  token?: string;
}

const words = `
For whoever the grant names to retire it, or who got it and may retire it; the owner of the key revokes it.

Examples:
  latchkey key grant retire alias/app 0c237476b39f8bc44e45212e08498fbe3151305030726c0590dd8d3e9f3d6a60
  latchkey key grant retire --token AQpAM2RhZTk1MGMyNTk2ZmZmMzEyYWVhOWVi --yes`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('[key]', 'alias/NAME, id or ARN of a key')
      .argument('[grant-id]', 'as "key grant list" has it')
      .option('--token <token>', 'its token alone, without key and id; it is no secret')
      .addHelpText('after', words),

  async run(context, [text, grantId], options) {
    const { token } = options;
    if (token !== undefined && text === undefined) return retireByToken(context, token, options);
    if (token !== undefined || text === undefined || grantId === undefined) {
      throw new UserError('usage', 'which grant? Expected a key and the id of a grant, or --token TOKEN alone', {
        hints: ['see what there is: "latchkey key grant list KEY"'],
      });
    }
    const { kms, id, said, metadata } = await findKey(context, text);
    // Who may only retire it need not be allowed to list: then the plan says less.
    const grant = await findGrant(kms, { id, said, text, grantId }).catch((error) => unseen(error, grantId));
    if (!(await confirmPlan(context, { lines: linesOf('retire', grant, said), question: 'Retire it?' }, options)))
      return;
    await kms.retireGrant({ KeyId: metadata.Arn, GrantId: grantId });
    context.terminal.remark(`retired grant "${grantId}"`);
  },
};

async function retireByToken(context: Context, token: string, options: Options): Promise<undefined> {
  const { kms } = await context.clients();
  const lines = ['retire the grant of this token'];
  if (!(await confirmPlan(context, { lines, question: 'Retire it?' }, options))) return;
  await kms.retireGrant({ GrantToken: token });
  context.terminal.remark('retired the grant of this token');
}

function unseen(error: Error, GrantId: string) {
  if (/AccessDenied/.test(error.name)) return { GrantId, GranteePrincipal: 'whoever got it', Operations: [] };
  throw error;
}
