/** A place that a reference names itself: `profile=prod:region=eu-west-1:secret:...`, `vault:param:...`. */
export interface Where {
  readonly profile?: string;
  readonly region?: string;
  readonly vault?: boolean;
}

/** The flags of the command line that say who and where. */
export interface SessionFlags extends Where {
  readonly vaultFile?: string;
  readonly vaultName?: string;
  readonly endpointUrl?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly mfaSerial?: string;
  readonly roleSessionName?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKeyFile?: string;
  readonly sessionTokenFile?: string;
  readonly fips?: boolean;
}
