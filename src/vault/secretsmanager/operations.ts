/** Secrets Manager, by the names of the API. Each page is loaded when its operation is first called. */
export const operations = {
  CreateSecret: async () => (await import('./create-secret.ts')).createSecret,
  GetSecretValue: async () => (await import('./get-secret-value.ts')).getSecretValue,
  PutSecretValue: async () => (await import('./put-secret-value.ts')).putSecretValue,
  UpdateSecret: async () => (await import('./update-secret.ts')).updateSecret,
  UpdateSecretVersionStage: async () => (await import('./update-secret-version-stage.ts')).updateSecretVersionStage,
  DescribeSecret: async () => (await import('./describe-secret.ts')).describeSecret,
  ListSecrets: async () => (await import('./list-secrets.ts')).listSecrets,
  ListSecretVersionIds: async () => (await import('./list-secret-version-ids.ts')).listSecretVersionIds,
  DeleteSecret: async () => (await import('./delete-secret.ts')).deleteSecret,
  RestoreSecret: async () => (await import('./restore-secret.ts')).restoreSecret,
  TagResource: async () => (await import('./tag-resource.ts')).tagResource,
  UntagResource: async () => (await import('./untag-resource.ts')).untagResource,
};
