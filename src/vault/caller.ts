/** Who asks, as STS GetCallerIdentity answers. */
export interface Caller {
  /** 12 digits. */
  readonly account: string;
  /** ARN. */
  readonly principal: string;
  /** The account for its root, `AIDA...` for a user, `AROA...:session` for a role. */
  readonly userId: string;
  /** The vault's access key that signed the request, or that the session which signed it comes from. */
  readonly accessKeyId?: string;
  /** Whether temporary credentials signed it. */
  readonly isSession?: boolean;
}

/** The root of an account. */
export const rootOf = (account: string): Caller => ({
  account,
  principal: `arn:aws:iam::${account}:root`,
  userId: account,
});
