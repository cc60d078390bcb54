import type { Context } from '../../context.ts';
import type { Keyring } from '../../envelope/keyring.ts';
import { kmsKeyring } from '../../envelope/keyrings/kms.ts';
import { passphraseKeyring } from '../../envelope/keyrings/passphrase.ts';
import { keyringOf } from '../../envelope/keyrings/read-key.ts';
import { UserError } from '../../errors.ts';
import { parseKey } from '../../reference/reference.ts';
import type { KeyOptions } from './key-options.ts';
import { readPassphrase } from './passphrase.ts';
import { keyReader } from './read-key-file.ts';

/** What the keys are for; a passphrase that seals is new. */
export type Use = 'seal' | 'open';

/** All keys that a command line names, KMS's first: they make data keys themselves. Throws code `usage` where it names none. */
export async function keyringsOf(context: Context, options: KeyOptions, use: Use): Promise<Keyring[]> {
  requireKeys(options, use);
  const fromKms = await kmsKeyrings(context, options);
  const fromFiles = await fileKeyrings(context, options, use);
  const fromPassphrase = await passphraseKeyrings(context, options, use);
  return [...fromKms, ...fromFiles, ...fromPassphrase];
}

const filesIn = ({ keyFile = [], rsaKey = [] }: KeyOptions) => [...keyFile, ...rsaKey];

/** Whether it names any key. */
export const namesKeys = (options: KeyOptions): boolean =>
  filesIn(options).length > 0 || (options.kmsKey ?? []).length > 0 || wantsPassphrase(options);

const wantsPassphrase = ({ passphrase, passphraseFile }: KeyOptions) => passphrase || passphraseFile !== undefined;

function requireKeys(options: KeyOptions, use: Use): void {
  const { keyNamespace, keyName } = options;
  if (!namesKeys(options)) {
    throw new UserError('usage', `no key is named to ${use} it with`, {
      hints: [
        'name one: --kms-key alias/NAME, --key-file FILE, --rsa-key FILE or --passphrase',
        'make one: "latchkey keygen --out FILE"',
      ],
    });
  }
  if ((keyNamespace ?? keyName) !== undefined && filesIn(options).length !== 1)
    throw new UserError('usage', '--key-namespace and --key-name are for one key in a file');
}

const kmsKeyrings = (context: Context, { kmsKey = [], grantToken }: KeyOptions): Promise<Keyring[]> =>
  Promise.all(
    kmsKey.map(async (text) => {
      const { where, id } = parseKey(text);
      const { kms } = await context.clients(where);
      return kmsKeyring({ keyId: id, kms, grantTokens: grantToken });
    }),
  );

async function fileKeyrings(context: Context, options: KeyOptions, use: Use): Promise<Keyring[]> {
  const read = keyReader(context, options.keyPassphraseFile);
  const calling = { namespace: options.keyNamespace, name: options.keyName, padding: options.rsaHash };
  const keyrings: Keyring[] = [];
  for (const file of filesIn(options)) {
    const key = await read(file);
    if (options.rsaKey?.includes(file) && key.kind !== 'rsa') throw notRsa(file);
    if (use === 'open' && key.kind === 'rsa' && !key.privateKey) throw onlySeals(file);
    keyrings.push(naming(() => keyringOf(key, calling)));
  }
  return keyrings;
}

/** A namespace that is KMS's, and names too long. */
function naming<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new UserError('usage', error.message, { cause: error });
    throw error;
  }
}

const notRsa = (file: string) =>
  new UserError('usage', `"${file}" is no RSA key`, { hints: [`an AES key goes by --key-file ${file}`] });

const onlySeals = (file: string) =>
  new UserError('usage', `"${file}" is a public key, which only seals`, { hints: ['name the private one to open'] });

async function passphraseKeyrings(context: Context, options: KeyOptions, use: Use): Promise<Keyring[]> {
  if (!wantsPassphrase(options)) return [];
  const passphrase = await readPassphrase(context, {
    file: options.passphraseFile,
    question: 'Passphrase of the message',
    confirm: use === 'seal',
    option: '--passphrase-file',
  });
  return [passphraseKeyring(passphrase)];
}
