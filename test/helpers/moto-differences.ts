/**
 * Where moto's server does not answer as AWS documents, by script and line: why. A line that is listed here and does not
 * differ any more fails the test. A script that differs too often is left out, with the reason.
 */
export const motoDifferences: Record<string, Record<number, string> | string> = {
  'four-kilobyte-limit.txt': 'moto keeps more than 4,096 bytes in the Standard tier',
  'key-explain.txt': {
    5: 'a ciphertext of moto has a form of its own',
    9: 'a ciphertext of moto has a form of its own',
    14: 'a ciphertext of moto has a form of its own',
    20: 'moto says NotFoundException of the key of another Region, AWS AccessDeniedException',
    32: 'moto answers AccessDeniedException for the ciphertext of another key, AWS IncorrectKeyException',
  },
  'key-life.txt':
    'moto fails at GetKeyLastUsage, encrypts with a disabled key, and does not say how often a key rotates',
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
