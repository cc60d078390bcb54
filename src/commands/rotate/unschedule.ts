import { UserError } from '../../errors.ts';
import { scheduleTag, scheduleTagOf } from '../../rotation/schedule.ts';
import { wholeSecret } from '../secret/whole.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret')
      .addHelpText('after', '\nWhat is pending stays pending.\n\nExample:\n  latchkey rotate unschedule prod/db'),

  async run(context, [name]) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const { ARN: SecretId, Name, Tags, RotationEnabled } = await secretsManager.describeSecret({ SecretId: id });
    const isTagged = scheduleTagOf({ Tags }) !== undefined;
    if (!isTagged && !RotationEnabled) {
      throw new UserError('not-found', `secret "${Name}" is on no schedule`, {
        hints: [`put it on one: "latchkey rotate schedule ${Name} --every 30d"`],
      });
    }
    if (isTagged) await secretsManager.untagResource({ SecretId, TagKeys: [scheduleTag] });
    if (RotationEnabled) await secretsManager.cancelRotateSecret({ SecretId });
    context.terminal.remark(`"${Name}" is rotated on no schedule any more`);
    return undefined;
  },
};
