import type { DescribeSecretResponse, SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { rotatorNames } from '../../rotation/rotator-for.ts';
import { encodeSchedule, scheduleTag, scheduleTagOf, standingOf } from '../../rotation/schedule.ts';
import type { RotationRules } from '../../schedule/windows.ts';
import { wholeSecret } from '../secret/whole.ts';
import type { Verb } from '../verb.ts';
import { type RuleOptions, readRules } from './rules.ts';

interface Options extends RuleOptions {
  function?: string;
  rotator?: string;
  passwordKey?: string;
  functionRole?: boolean;
}

const words = `
A secret with a function of Lambda is rotated by it, on AWS or in the vault. For one without, the schedule is kept in a tag
of the secret, and "latchkey rotate due", run by cron or CI, rotates it when its time has come. Times are in UTC. Rotates
nothing now.

Examples:
  latchkey rotate schedule prod/db --every 30d
  latchkey rotate schedule prod/db --cron "0 4 1 * ? *" --window 3h
  latchkey rotate schedule prod/db --rate "10 days" --function arn:aws:lambda:us-east-1:123456789012:function:rotate`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret')
      .option('--every <time>', 'so many days or hours: 30d, 12h')
      .option('--rate <rate>', 'as AWS has it: "10 days"')
      .option('--cron <fields>', 'as AWS has it: "0 4 1 * ? *"')
      .option('--window <hours>', 'how long after its time it may begin: 3h')
      .option('--function <arn>', 'the function that rotates it')
      .addOption(
        command
          .createOption('--rotator <name>', 'without a function: how it is rotated (default: as its value says)')
          .choices(rotatorNames.filter((name) => name !== 'command')),
      )
      .option('--password-key <key>', 'with --rotator password: the key of the JSON value that holds the password')
      .option('--function-role', 'with --show-policy: what the execution role of the function needs')
      .addHelpText('after', words),

  async run(context, [name], options) {
    const rules = readRules(options);
    checkTogether(options);
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const secret = await secretsManager.describeSecret({ SecretId: id });
    requireOwn(secret);
    const now = context.clock();
    if (options.function ?? secret.RotationLambdaARN) await scheduleFunction(secretsManager, secret, rules, options);
    else {
      const { rotator, passwordKey: key } = options;
      const Value = encodeSchedule({ rules, since: now, rotator, key });
      await secretsManager.tagResource({ SecretId: secret.ARN, Tags: [{ Key: scheduleTag, Value }] });
    }
    const { opens, closes } = standingOf({ rules, since: now }, undefined, now);
    context.terminal.remark(`"${secret.Name}" is next rotated between ${minute(opens)} and ${minute(closes)}`);
    return undefined;
  },
};

const minute = (date: Date | undefined) => `${date?.toISOString().slice(0, 16)}Z`;

/** A tag can be written by many: what it names is one of our rotators, and never a command. */
function checkTogether({ function: arn, rotator, passwordKey: key, functionRole }: Options): void {
  if (functionRole) throw new UserError('usage', '--function-role is for --show-policy', { hints: ['add it'] });
  if (arn !== undefined && (rotator ?? key) !== undefined) {
    throw new UserError('usage', '--rotator and --password-key are for a secret without a function', {
      hints: ['in the vault, say what stands for the function: "latchkey rotate function add"'],
    });
  }
  if (key === undefined || /^[\p{L}\p{N}_.:/=+\-@]{1,100}$/u.test(key)) return;
  throw new UserError('usage', `a tag does not hold the key "${key}"`, {
    hints: ['keys of letters, digits and _.:/=+-@ will do'],
  });
}

function requireOwn({ Name, OwningService }: DescribeSecretResponse): void {
  if (OwningService === undefined) return;
  throw new UserError('conflict', `secret "${Name}" is managed by ${OwningService}, which rotates it itself`, {
    hints: ['change its schedule there'],
  });
}

/** One schedule is enough: that of the tag goes. */
async function scheduleFunction(
  client: SecretsManager,
  secret: DescribeSecretResponse,
  RotationRules: RotationRules,
  { function: RotationLambdaARN }: Options,
): Promise<void> {
  const { ARN: SecretId } = secret;
  await client.rotateSecret({ SecretId, RotationLambdaARN, RotationRules, RotateImmediately: false });
  if (scheduleTagOf(secret) === undefined) return;
  await client.untagResource({ SecretId, TagKeys: [scheduleTag] });
}
