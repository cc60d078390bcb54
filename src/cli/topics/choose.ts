export const page = `Which service is it for?

  what it is                              where it belongs             why
  a password, token, private key          secret (Secrets Manager)     rotation, replicas, policy of its own, 64 KB
  a database's credentials                secret, as JSON              one version holds user, password and host together
  a setting that is not secret            param put --type String      free up to 4 KB; history; a tree by path
  a setting that is a bit secret          param put (SecureString)     free, encrypted; no rotation, no replicas
  a feature flag, changed often           param put --type String      a secret costs $0.40 a month, and each 10,000 reads
  a value over 4 KB, up to 8 KB           param put --tier advanced    $0.05 a month; a secret holds 64 KB for $0.40
  a key that encrypts data                key (KMS)                    never leaves KMS; bigger data under a data key
  temporary AWS credentials (ASIA...)     nowhere                      STS makes new ones: latchkey --role-arn ARN
  long-lived AWS access keys (AKIA...)    better nowhere               a role needs none; else secret, with rotation

Prices are AWS's list prices in us-east-1; KMS calls for encryption are extra everywhere.
`;
