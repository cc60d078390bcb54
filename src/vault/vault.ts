import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { callOf } from './call.ts';
import { type Caller, rootOf } from './caller.ts';
import { ApiError, VaultError } from './errors.ts';
import type { Import } from './exchange/import.ts';
import type { Store } from './exchange/items.ts';
import type { Unlock } from './exchange/lines.ts';
import { forget } from './forget.ts';
import { type AccessKeys, accessKeysOf } from './iam/access-keys.ts';
import { iamSchema } from './iam/rows.ts';
import { kmsSchema } from './kms/rows.ts';
import { keyPart, openMasterKey, rekey, setRecovery, type Unlocking } from './master-key.ts';
import type { Operation } from './operation.ts';
import { secretsManagerSchema } from './secretsmanager/rows.ts';
import type { Waiting } from './secretsmanager/waiting.ts';
import { fromNative, type Shape, validate } from './shape.ts';
import { ssmSchema } from './ssm/rows.ts';
import { createDatabase, type Database, openDatabase, removeDatabase } from './store/database.ts';
import { blame, formatVersion, layOut, migrationsOf, upgrade } from './store/format.ts';
import { type Header, headerSchema, readHeader, writeHeader } from './store/header.ts';
import { type RecoverySecret, type RootSecret, rootKeyLength, type ScryptCost } from './store/root-key.ts';
import { type Sealer, sealerOf } from './store/sealing.ts';
import { type Run, turnsOf } from './store/turns.ts';

/** Each format's step, out of those that the rooms take. */
export const migrations = migrationsOf([headerSchema, kmsSchema, secretsManagerSchema, ssmSchema, iamSchema]);

/** Each service is loaded when it is first called. */
const services = {
  secretsmanager: () => import('./secretsmanager/operations.ts'),
  ssm: () => import('./ssm/operations.ts'),
  kms: () => import('./kms/operations.ts'),
  sts: () => import('./sts/operations.ts'),
} satisfies Record<string, () => Promise<{ operations: Operations }>>;

type Operations = Record<string, () => Promise<Operation>>;

export type ServiceName = keyof typeof services;

interface Request {
  readonly service: ServiceName;
  /** As AWS spells it: `GetSecretValue`. */
  readonly operation: string;
  /** Native values (`Uint8Array`, `Date`), or what `decode` makes them of. */
  readonly input: unknown;
  readonly decode?: (shape: Shape<unknown>, input: never) => unknown;
  readonly region: string;
  /** Who asks: the root of the vault's own account when left out. */
  readonly caller?: Caller;
}

/** A small local AWS in one file. */
export interface Vault {
  readonly header: Header;
  /** Answers one request, in the order of checks that AWS has. Throws `ApiError`, or `VaultError` for trouble with the file. */
  handle(request: Request): Promise<object>;
  /** Opens every sealed value and checks every reference; the problems found, in words. */
  verify(): Promise<string[]>;
  formatVersion(): number;
  /** Who may call it from outside. */
  readonly accessKeys: AccessKeys;
  /** Rotations that wait for somebody to work them off. */
  waitingRotations(): Promise<Waiting[]>;
  /** Calls `tell` whenever RotateSecret has been answered: all that it wrote is written. */
  onRotateSecret(tell: () => void): void;
  /** Lets `secret` open it from now on, and no longer what opened it before. */
  rekey(secret: RootSecret): Promise<void>;
  /** Gives it a recovery key in place of the one before; null: none. */
  setRecoveryKey(secret: RecoverySecret | null): void;
  /** Writes one sealed file, which must not be there yet, with all that the vault holds at this moment. */
  backUp(file: string): Promise<void>;
  /** All that the vault holds at this moment, as lines of JSON; `passphrase` opens them in place of what opens the vault. */
  exportLines(passphrase?: string): Promise<string[]>;
  /** Opens an export, and proves that it is whole; nothing comes in until its `run` is called. */
  openExport(text: string, unlock: Unlock): Promise<Import>;
  /** Takes everything out; what the vault is, and who may call it, stay. */
  forget(): void;
  close(): void;
}

export interface VaultOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** The current time, taken once a request. */
  readonly clock?: () => Date;
}

/** Makes a new vault; throws when the file exists. */
export async function createVault(
  options: VaultOptions & { secret: RootSecret; account: string; id?: string; scryptCost?: ScryptCost },
): Promise<Vault> {
  const { file, secret, account, id = randomUUID(), clock = () => new Date() } = options;
  const masterKey = randomBytes(rootKeyLength);
  const part = await keyPart(masterKey, secret, { id, account }, options.scryptCost);
  const header: Header = { id, account, created: clock(), ...part, recovery: null };
  const database = createDatabase(file);
  try {
    database.transaction('write', () => {
      layOut(database, migrations);
      writeHeader(database, header);
    });
  } catch (error) {
    database.close();
    if (file !== ':memory:') removeDatabase(file);
    throw error;
  }
  return serve(database, header, masterKey, clock);
}

/** Opens an existing vault. `unlock` is asked for the root secret once the header is known. */
export async function openVault(
  options: VaultOptions & { unlock(header: Header): Promise<Unlocking | readonly Unlocking[]> },
): Promise<Vault> {
  const database = openDatabase(options.file);
  try {
    upgrade(database, migrations);
    const header = readHeader(database);
    const masterKey = await openMasterKey(header, await options.unlock(header));
    return serve(database, header, masterKey, options.clock ?? (() => new Date()));
  } catch (error) {
    database.close();
    throw error;
  }
}

function serve(database: Database, header: Header, masterKey: Uint8Array, clock: () => Date): Vault {
  const sealer = sealerOf(new Uint8Array(hkdfSync('sha256', masterKey, header.id, 'latchkey vault sealing 1', 32)));
  const { read, write } = turnsOf(database);
  const told: (() => void)[] = [];

  async function handle({
    service,
    operation: name,
    input,
    decode = fromNative,
    region,
    caller = rootOf(header.account),
  }: Request): Promise<object> {
    const operation = await find(service, name);
    const native = decode(operation.input, (input ?? {}) as never);
    validate(operation.input, native, isQuery(service) ? 'ValidationError' : 'ValidationException');
    const later: (() => void)[] = [];
    try {
      const prepared = await operation.prepare?.(native);
      // Members that come after a spread take Node 20 a microsecond each.
      const call = callOf({ region, now: clock(), database, sealer, later, ...caller });
      const run = () => operation.run(call, native, prepared);
      const answer = await (operation.writes(native) ? write(run) : read(run));
      if (later.length > 0) await afterwards(write, later);
      if (name === 'RotateSecret') for (const tell of told) tell();
      return answer;
    } catch (error) {
      throw blame(database, migrations, error);
    }
  }

  return {
    header,
    handle,
    verify: () => verify(database, sealer, header),
    formatVersion: () => formatVersion(database),
    rekey: (secret) => rekey(database, header, masterKey, secret),
    setRecoveryKey: (secret) => setRecovery(database, header, masterKey, secret),
    backUp: async (file) => (await import('./backup/back-up.ts')).backUp({ database, header, masterKey, file }),
    exportLines: async (passphrase) =>
      (await import('./exchange/export.ts')).exportLines({ database, sealer, header, masterKey, passphrase }),
    openExport: async (text, unlock) =>
      (await import('./exchange/import.ts')).openExport(text, unlock, {
        ...{ database, sealer, migrations },
        callIn: callsIn(header),
      }),
    accessKeys: accessKeysOf({ database, sealer, account: header.account, clock }),
    waitingRotations: async () => (await import('./secretsmanager/waiting.ts')).waitingRotations(database, clock()),
    onRotateSecret: (tell) => void told.push(tell),
    forget: () => forget(database),
    close: () => database.close(),
  };
}

/** The older protocol has other names for what is wrong before a service looks. */
const isQuery = (service: ServiceName) => service === 'sts';

async function find(service: ServiceName, name: string): Promise<Operation> {
  const { operations }: { operations: Operations } = await services[service]();
  if (!Object.hasOwn(operations, name)) {
    const type = isQuery(service) ? 'InvalidAction' : 'UnknownOperationException';
    throw new ApiError(type, `The vault does not know the operation ${name} of ${service}`);
  }
  return operations[name]!();
}

async function afterwards(write: Run, writes: (() => void)[]): Promise<void> {
  try {
    await write(() => {
      for (const one of writes) one();
    });
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
  }
}

/** What checks a vault looks at it with. */
const callsIn =
  (header: Header) =>
  ({ database, sealer }: Store) =>
  (region: string, account = header.account) =>
    callOf({ ...rootOf(account), region, now: new Date(), database, sealer, later: [] });

async function verify(database: Database, sealer: Sealer, header: Header): Promise<string[]> {
  const { problemsOf } = await import('./verify.ts');
  const callIn = callsIn(header)({ database, sealer });
  return database.transaction('read', () => problemsOf(database, sealer, callIn));
}
