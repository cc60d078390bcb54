import { createHash } from 'node:crypto';
import { VaultError } from '../errors.ts';
import { openMasterKey, type Unlocking } from '../master-key.ts';
import { headerFromJson, headerToJson, newSealedHeader, type SealedHeader, sealedFileKey } from '../sealed-header.ts';
import type { Header } from '../store/header.ts';
import { type Sealer, sealerOf } from '../store/sealing.ts';
import { type Item, printRow, readRow } from './items.ts';

/*
 * An export: lines of JSON. The first says what it is, the format of the rows, and what opens it; then each item is
 * {"kind": ..., "sealed": base64}; the last line's kind is "end". Each is bound to the first line, its number and its
 * kind: none can be changed, moved, left out or added.
 */
const magic = 'export 1';
const end = 'end';

interface Exporting {
  /** What is to open it. */
  readonly header: Header;
  readonly masterKey: Uint8Array;
  /** The vault's format version, which the rows have. */
  readonly format: number;
  readonly items: Iterable<Item>;
}

export function* printLines({ header, masterKey, format, items }: Exporting): Generator<string> {
  const sealed = newSealedHeader(header);
  const first = JSON.stringify({ latchkey: magic, format, ...headerToJson(sealed) });
  const line = lineOf(sealedFileKey(masterKey, sealed, 'export'), first);
  yield first;
  let count = 0;
  for (const { kind, row, parts } of items) yield line.print(count++, kind, printRow({ row, parts }));
  yield line.print(count, end, '{}');
}

export interface Export {
  readonly header: SealedHeader;
  readonly format: number;
  readonly items: readonly Item[];
}

export type Unlock = (header: Header) => Promise<Unlocking | readonly Unlocking[]>;

/** What the first line says. Throws a `VaultError` for text that is no export. */
function readFirstLine(text: string): Omit<Export, 'items'> {
  const first = text.slice(0, 4096).split('\n', 1)[0]!;
  const json = parse(first) as Record<string, unknown> | undefined;
  if (json?.latchkey !== magic) throw new VaultError('not-a-vault', 'this is not an export of a latchkey vault');
  if (!Number.isSafeInteger(json.format)) throw new VaultError('damaged', 'the header of the file is damaged');
  return { header: headerFromJson(json), format: json.format as number };
}

/** Opens every line. Throws a `VaultError` for another key, and for an export that is not whole. */
export async function readLines(text: string, unlock: Unlock): Promise<Export> {
  const { header, format } = readFirstLine(text);
  const masterKey = await openMasterKey(header, await unlock(header));
  const [first = '', ...rest] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const line = lineOf(sealedFileKey(masterKey, header, 'export'), first);
  const opened = rest.map((one, index) => line.read(index, one));
  if (opened.pop()?.kind !== end) throw new VaultError('damaged', 'the export is cut short');
  const items = opened.map(({ kind, text }) => ({ kind, ...(readRow(text) as Pick<Item, 'row' | 'parts'>) }));
  return { header, format, items };
}

function lineOf(key: Uint8Array, first: string) {
  const sealer: Sealer = sealerOf(key);
  const digest = createHash('sha256').update(first).digest('hex');
  const bindingOf = (index: number, kind: string) => ['export', digest, `line ${index + 2}`, kind];

  return {
    print(index: number, kind: string, text: string): string {
      const sealed = sealer.seal(bindingOf(index, kind), Buffer.from(text));
      return JSON.stringify({ kind, sealed: Buffer.from(sealed).toString('base64') });
    },
    read(index: number, line: string): { kind: string; text: string } {
      const { kind, sealed } = (parse(line) ?? {}) as Record<string, unknown>;
      const what = `line ${index + 2} of the export is damaged, or not where it was`;
      if (typeof kind !== 'string' || typeof sealed !== 'string') throw new VaultError('damaged', what);
      try {
        return {
          kind,
          text: Buffer.from(sealer.open(bindingOf(index, kind), Buffer.from(sealed, 'base64'))).toString(),
        };
      } catch (error) {
        throw new VaultError('damaged', what, error);
      }
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
