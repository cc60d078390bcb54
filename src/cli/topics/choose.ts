export const page = `Which service is it for?

  what it is                          where it belongs
                                        why
  a password, token, private key      secret (Secrets Manager)
                                        rotation, replicas, own policy, 64 KB
  a database's credentials            secret, as JSON
                                        one version holds user, password, host
  a setting that is not secret        param put --type String
                                        free up to 4 KB; history; a tree by path
  a setting that is a bit secret      param put (SecureString)
                                        free, encrypted; no rotation or replicas
  a feature flag, changed often       param put --type String
                                        a secret is $0.40 a month, and its reads
  a value over 4 KB, up to 8 KB       param put --tier advanced
                                        $0.05 a month; a secret: 64 KB for $0.40
  a key that encrypts data            key (KMS)
                                        never leaves KMS; files of any size: encrypt
  temporary credentials (ASIA...)     nowhere
                                        STS makes new ones: --role-arn ARN
  long-lived access keys (AKIA...)    better nowhere
                                        a role needs none; else secret, rotated

Prices are AWS's list prices in us-east-1; KMS calls for encryption are extra.
`;
