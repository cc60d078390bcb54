import { type Command, Option } from 'commander';

/** Who, where and which endpoint: the same flags for every verb, before or after it. */
export const flags: readonly [flags: string, description: string][] = [
  ['--vault', 'the vault in its default place'],
  ['--vault-name <name>', 'the vault of this name, beside the default one'],
  ['--vault-file <file>', 'the vault in this file'],
  ['--profile <name>', 'a profile of ~/.aws'],
  ['--region <region>', 'a Region, like eu-west-1'],
  ['--endpoint-url <url>', 'an endpoint that speaks like AWS'],
  ['--role-arn <arn>', 'assume this role first'],
  ['--external-id <id>', "the external id that the role's trust asks for"],
  ['--mfa-serial <arn>', 'an MFA device; its code is asked for'],
  ['--role-session-name <name>', 'what the session is called in audit logs'],
  ['--access-key-id <id>', 'an access key, with the secret half from a prompt or a file'],
  ['--secret-access-key-file <file>', 'where that secret half is'],
  ['--session-token-file <file>', 'where its session token is'],
  ['--fips', 'FIPS endpoints'],
  ['--show-calls', 'say each call that is made, without values'],
  ['--show-policy', 'print the IAM policy that the command needs, and do nothing'],
];

/** Flags that take the next word as their value: a verb is never found there. */
export const takesValue = new Set(flags.filter(([flag]) => flag.includes('<')).map(([flag]) => flag.split(' ')[0]!));

export function addSessionOptions(command: Command): Command {
  for (const [flag, description] of flags) command.addOption(new Option(flag, description).hideHelp());
  return command;
}

export const sessionHint = '\nWho and where (--vault, --profile, --region ...): latchkey help session';
