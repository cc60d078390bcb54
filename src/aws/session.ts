/** Who, where and which endpoint: one resolved value, from which all clients come. */
export type Session = VaultSession | AwsSession;

export interface VaultSession {
  readonly kind: 'vault';
  /** Absolute path of the vault's file. */
  readonly file: string;
  readonly region: string;
  /** What decided it, for `doctor`: `--vault-file`, `LATCHKEY_VAULT`. */
  readonly chosenBy: string;
}

/** To be completed by whoever writes this room. */
export interface AwsSession {
  readonly kind: 'aws';
  readonly region: string;
  readonly profile?: string;
}

/** A place that a reference names itself: `profile=prod:region=eu-west-1:secret:...`, `vault:param:...`. */
export interface Where {
  readonly profile?: string;
  readonly region?: string;
  readonly vault?: boolean;
}
