/** Where moto's server (5.2) answers the session in another way than AWS documents; the vault follows the documentation. */
export const motoDifferences: readonly {
  readonly operation: string;
  readonly moto: string;
  readonly documented: string;
}[] = [
  {
    operation: 'secretsmanager GetSecretValue',
    moto: 'after UpdateSecretVersionStage it still answers with the version that AWSCURRENT has left',
    documented: 'a label names one version; without a version the one labelled AWSCURRENT is meant',
  },
  {
    operation: 'secretsmanager BatchGetSecretValue',
    moto: 'the same',
    documented: 'the same',
  },
  {
    operation: 'secretsmanager ValidateResourcePolicy',
    moto: 'is not there: the answer is a page of HTML',
    documented: 'PolicyValidationPassed and ValidationErrors',
  },
  {
    operation: 'secretsmanager RotateSecret',
    moto: 'wants the Lambda function in its own list of functions',
    documented: 'the ARN may name a function of another account; the vault has no functions, and calls none',
  },
  {
    operation: 'ssm GetParameter',
    moto: 'does not find a secret whose name has a slash behind /aws/reference/secretsmanager/',
    documented: 'any name of a secret may follow',
  },
  {
    operation: 'kms GetKeyRotationStatus',
    moto: 'leaves RotationPeriodInDays out',
    documented: 'the period that EnableKeyRotation was given',
  },
  { operation: 'kms ScheduleKeyDeletion', moto: 'leaves KeyState out', documented: 'PendingDeletion' },
  { operation: 'kms CancelKeyDeletion', moto: 'answers with the id of the key', documented: 'with its ARN' },
];
