/** Who asks, as STS GetCallerIdentity answers. */
export interface Caller {
  /** 12 digits. */
  readonly account: string;
  /** ARN. */
  readonly principal: string;
  /** The account for its root, `AIDA...` for a user, `AROA...:session` for a role. */
  readonly userId: string;
}

/** The root of an account. */
export const rootOf = (account: string): Caller => ({
  account,
  principal: `arn:aws:iam::${account}:root`,
  userId: account,
});
