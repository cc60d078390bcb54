/** KMS, by the names of the API. Each page is loaded when its operation is first called. */
export const operations = {
  CreateKey: async () => (await import('./create-key.ts')).createKey,
  DescribeKey: async () => (await import('./describe-key.ts')).describeKey,
  ListKeys: async () => (await import('./list-keys.ts')).listKeys,
  CreateAlias: async () => (await import('./create-alias.ts')).createAlias,
  UpdateAlias: async () => (await import('./update-alias.ts')).updateAlias,
  DeleteAlias: async () => (await import('./delete-alias.ts')).deleteAlias,
  ListAliases: async () => (await import('./list-aliases.ts')).listAliases,
  Encrypt: async () => (await import('./encrypt.ts')).encrypt,
  Decrypt: async () => (await import('./decrypt.ts')).decrypt,
  ReEncrypt: async () => (await import('./re-encrypt.ts')).reEncrypt,
  GenerateDataKey: async () => (await import('./generate-data-key.ts')).generateDataKey,
  GenerateDataKeyWithoutPlaintext: async () => (await import('./generate-data-key.ts')).generateDataKeyWithoutPlaintext,
  GenerateRandom: async () => (await import('./generate-random.ts')).generateRandom,
  TagResource: async () => (await import('./tag-resource.ts')).tagResource,
  UntagResource: async () => (await import('./untag-resource.ts')).untagResource,
  ListResourceTags: async () => (await import('./list-resource-tags.ts')).listResourceTags,
};
