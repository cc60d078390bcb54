/**
 * Where moto's server does not answer as AWS documents, by script and line: why. A line that is listed here and does not
 * differ any more fails the test. A script that differs too often is left out, with the reason.
 */
export const motoDifferences: Record<string, Record<number, string> | string> = {
  'encrypt-keys.txt': {
    62: 'moto answers AccessDeniedException for the ciphertext of another key, AWS IncorrectKeyException',
  },
  'four-kilobyte-limit.txt': 'moto keeps more than 4,096 bytes in the Standard tier',
  'key-create-kinds.txt': {
    14: 'moto describes an HMAC key without its algorithm',
    20: 'moto describes a key for agreement without its algorithm',
  },
  'key-data-key-pair.txt': 'moto has no GenerateDataKeyPair',
  'key-encrypt-pair.txt':
    'moto encrypts with SHA-1 whatever is asked for, without RSA where no algorithm is named, and fails at what is no ciphertext',
  'key-explain-key.txt': {
    26: 'moto lists other algorithms of a key for agreement than its own',
  },
  'key-explain.txt': {
    5: 'a ciphertext of moto has a form of its own',
    9: 'a ciphertext of moto has a form of its own',
    14: 'a ciphertext of moto has a form of its own',
    20: 'moto says NotFoundException of the key of another Region, AWS AccessDeniedException',
    32: 'moto answers AccessDeniedException for the ciphertext of another key, AWS IncorrectKeyException',
  },
  'key-grant.txt': {
    16: 'moto lists grants of others than the one that is asked for',
  },
  'key-import.txt': 'moto has no import of key material',
  'key-life.txt':
    'moto fails at GetKeyLastUsage, encrypts with a disabled key, and does not say how often a key rotates',
  'key-mac.txt': {
    36: 'moto makes a MAC with another algorithm than that of the key',
  },
  'key-public-key-derive.txt': 'moto has no DeriveSharedSecret',
  'key-regions.txt': 'moto has no UpdatePrimaryRegion, and decrypts with no replica',
  'key-sign-verify.txt': {
    28: 'moto takes a digest for a message',
    86: 'moto refuses another algorithm in other words, which name none of the key',
  },
  'key-encrypt-decrypt.txt': {
    34: 'moto answers AccessDeniedException for the ciphertext of another key, AWS IncorrectKeyException',
  },
  'kms-errors-hide-the-cause.txt': 'moto encrypts and decrypts with keys that are disabled or pending deletion',
  'param-policies.txt': 'moto keeps no policies of parameters',
  'render.txt': {
    54: 'moto has another account than the ARN says, and does not look into the account that is named',
  },
  'rotate-policy-nothing-left.txt': 'moto looks for such a password without end',
  'rotate-schedule-function.txt': 'moto wants the function in its own list of functions',
  'secret-list-sort.txt': 'moto lists in the order of creation, whatever is asked for',
  'secret-policy.txt': 'moto fails at ValidateResourcePolicy, and lets in everybody unasked',
  'secret-replicas-block-deletion.txt': 'moto fails at StopReplicationToReplica',
  'secret-bad-input.txt': {
    62: 'moto does not say that it is the stage that is missing, and not the secret',
  },
  'secret-delete-restore.txt': {
    29: 'moto stores a version of a secret that is scheduled for deletion, AWS refuses',
  },
  'secret-get-per-item-errors.txt': {
    10: 'moto does not say that it is the stage that is missing, and not the secret',
  },
  'secret-list.txt': {
    55: 'moto lists versions without a stage unasked, AWS only with IncludeDeprecated',
  },
};
