import { createRequire } from 'node:module';
import { UserError } from '../errors.ts';

/** What is used of the package, which talks to the Keychain, the Credential Manager or the Secret Service. */
interface Entry {
  setPassword(password: string): void;
  getPassword(): string | null;
  deletePassword(): boolean;
}
type Binding = { Entry: new (service: string, name: string, options: object) => Entry };

const packaged = '@napi-rs/keyring';
const service = 'latchkey';
/** Left to itself, the package would use the kernel's keyring where there is no Secret Service: a reboot empties that. */
const lasting = { linux: { store: 'secret-service' } };

/** Keeps a text in the operating system's keychain. Throws code `unreachable` where there is none. */
export function keepInKeychain(name: string, text: string): void {
  asking(() => {
    const entry = open(name);
    entry.setPassword(text);
    if (entry.getPassword() !== text) throw new Error('what was written is not what is read');
  });
}

/** Undefined where nothing has that name. Throws code `unreachable` where there is no keychain, or it stays locked. */
export const findInKeychain = (name: string): string | undefined => asking(() => open(name).getPassword() ?? undefined);

/** Whether there was something to remove. */
export const removeFromKeychain = (name: string): boolean => asking(() => open(name).deletePassword());

function open(name: string): Entry {
  const { Entry } = load();
  return new Entry(service, name, lasting);
}

const instead = 'to do without: a key file or --passphrase';

/** Loaded when first needed: a vault with a plain key file never needs it. */
function load(): Binding {
  const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);
  try {
    return require(packaged);
  } catch (cause) {
    const message = `the keychain needs the package "${packaged}", which is not installed for this system`;
    throw new UserError('unreachable', message, { hints: [instead], cause });
  }
}

function asking<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('unreachable', `the keychain of this system does not answer: ${(cause as Error).message}`, {
      hints: ['unlock it, or sign in to a desktop session', instead],
      cause,
    });
  }
}
