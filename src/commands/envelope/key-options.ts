import type { Command } from 'commander';

/** Who may open a message. Each may be given many times, and mixed: any one of them opens it. */
export interface KeyOptions {
  kmsKey?: string[];
  grantToken?: string[];
  keyFile?: string[];
  rsaKey?: string[];
  rsaHash?: RsaHash;
  keyNamespace?: string;
  keyName?: string;
  keyPassphraseFile?: string;
  passphrase?: boolean;
  passphraseFile?: string;
}

const rsaHashes = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
type RsaHash = (typeof rsaHashes)[number];

export const gather = (text: string, before: string[] = []): string[] => [...before, text];

/** Adds the options that name keys. `use` is what they are for: "seals it". */
export const addKeyOptions = (command: Command, use: string): Command =>
  addRawKeyOptions(
    command
      .option(
        '--kms-key <key>',
        `a KMS key ${use}: alias/NAME, id or ARN; again for more, in other Regions, too`,
        gather,
      )
      .option('--key-file <file>', `the key in this file ${use}, as "latchkey keygen" makes it; again for more`, gather)
      .option('--rsa-key <file>', `the RSA key in this PEM file ${use}; again for more`, gather)
      .option('--passphrase', `a passphrase ${use}; it is asked for`)
      .option('--passphrase-file <file>', 'that passphrase is in this file'),
  );

/** Adds what else there is to say of keys. */
const addRawKeyOptions = (command: Command): Command =>
  command
    .option('--grant-token <token>', 'of a grant that lets you use the KMS keys; again for more', gather)
    .option('--key-passphrase-file <file>', 'the passphrase that unlocks a locked key file is in this file')
    .addOption(
      command.createOption('--rsa-hash <hash>', 'of OAEP, for RSA keys (default: sha256)').choices([...rsaHashes]),
    )
    .option('--key-namespace <name>', 'what other SDKs call the namespace of the one key in a file')
    .option('--key-name <name>', 'what other SDKs call the one key in a file');
