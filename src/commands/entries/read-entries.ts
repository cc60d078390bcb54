import type { Clients } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { FormatName } from '../../formats/formats.ts';
import { jsonPairs } from '../../formats/json.ts';
import type { ParameterReference, Reference, SecretReference } from '../../reference/kinds.ts';
import { readReference } from '../../reference/read.ts';
import { formatReference, isSecretTree, parseReference } from '../../reference/reference.ts';
import { withoutVaultKeys } from '../exec/without-vault-keys.ts';
import { readableTree } from '../param/read-parameters.ts';
import { readSecret } from '../secret/read-secrets.ts';
import { utf8 } from '../secret/secret-value.ts';
import type { Entries, Entry } from './entries.ts';
import { readPairs } from './read-file.ts';
import { readSecretTree } from './secret-tree.ts';

type Read = Pick<Entries, 'shape' | 'entries'> & Partial<Entries>;

interface Reading {
  /** Of a file or of standard input; by its ending where nothing is said. */
  format?: FormatName;
}

/** All that a reference names. Throws where none of it can be read; what is denied among others is in `failed`. */
export async function readEntries(context: Context, source: string, reading: Reading = {}): Promise<Entries> {
  const reference = parseReference(source);
  const read = { failed: [], ...(await readFrom(context, reference, { source, ...reading })) };
  if (read.entries.length === 0 && read.failed.length > 0) throw read.failed[0]!.error;
  return { source, ...read };
}

async function readFrom(
  context: Context,
  reference: Reference,
  { source, format }: Reading & { source: string },
): Promise<Read> {
  switch (reference.kind) {
    case 'secret':
    case 'param':
      return readStored(context, reference);
    case 'file':
    case 'stdin':
      return { shape: 'pairs', entries: await readPairs(context, reference, format) };
    case 'env':
      return { shape: 'pairs', entries: environmentOf(context) };
    default:
      throw new UserError('usage', `"${source}" has no values to read`);
  }
}

async function readStored(context: Context, reference: SecretReference | ParameterReference): Promise<Read> {
  const clients = await context.clients(reference.where);
  if (reference.kind === 'param' && reference.tree) return parameterTree(context, clients, reference);
  if (reference.kind === 'secret' && isSecretTree(reference)) {
    return readSecretTree(context.terminal, clients.secretsManager, reference.id);
  }
  const { secretsManager } = clients;
  const value = await (reference.kind === 'secret'
    ? readSecret(secretsManager, reference)
    : readReference(clients, reference));
  return keysOf(value);
}

/** The keys of a JSON object; any other value is one entry without a name. */
function keysOf(value: string | Uint8Array): Read {
  const text = typeof value === 'string' ? value : utf8(value);
  const pairs = text === undefined ? undefined : jsonPairs(text);
  if (pairs) return { shape: 'keys', entries: pairs };
  return { shape: 'value', entries: [{ name: '', value: text ?? value }] };
}

async function parameterTree({ terminal }: Context, { ssm }: Clients, reference: ParameterReference): Promise<Read> {
  const { found, failed } = await readableTree(ssm, terminal, { path: reference.name });
  const entries = found.map(
    ({ Name, Value, Type }): Entry => ({ name: Name!.slice(reference.name.length), value: Value!, type: Type }),
  );
  if (found.length + failed.length > 0) return { shape: 'tree', entries, failed };
  throw new UserError('not-found', `there is no parameter below "${formatReference(reference)}"`, {
    hints: [`see what there is: "latchkey param list --path ${reference.name}"`],
  });
}

/** What opens the vault is no value of anybody's program. */
const environmentOf = ({ environment }: Context): Entry[] =>
  Object.entries(withoutVaultKeys(environment)).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
