import type { Caller } from '../caller.ts';

const arnForm =
  /^arn:[\w-]+:(?:iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@/-]+)|sts::\d{12}:(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+))$/;

/**
 * Whether a text is the ARN of an account, a user, a role, or a session of a role or of a federated user. Whether there
 * is one is not asked: the vault has no list of them.
 */
export const isPrincipalArn = (text: string): boolean => arnForm.test(text);

/** The account that a principal's ARN names. */
export const accountOf = (arn: string): string => arn.split(':')[4]!;

export const rootArnOf = (account: string): string => `arn:aws:iam::${account}:root`;

/** Whether an ARN stands for a caller: it is the caller's own, that of the role in session, or that of the account. */
export function standsFor(arn: string, { account, principal }: Caller): boolean {
  if (arn === principal || arn === rootArnOf(account)) return true;
  const role = /:assumed-role\/([^/]+)\//.exec(principal)?.[1];
  return role !== undefined && accountOf(arn) === account && new RegExp(`:role/(?:.*/)?${quoted(role)}$`).test(arn);
}

const quoted = (text: string) => text.replace(/[.+]/g, '\\$&');
