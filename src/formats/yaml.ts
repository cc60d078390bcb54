import type { Document, Node, Pair as YamlPair } from 'yaml';
import { UserError } from '../errors.ts';
import { jsonPair } from './json.ts';
import type { Format, Pair } from './pair.ts';
import { requireOneEach, textOf } from './refuse.ts';

type Library = typeof import('yaml');

/**
 * One mapping. Strings are in double quotes with JSON's escapes, which YAML 1.1 and 1.2 read alike: no `no` that is false,
 * no time of day that is a number. What is no string keeps its type, and numbers all their digits;
 * bytes that are no text are `!!binary`.
 */
export const yamlFormat = (library: Library): Format => ({
  write(pairs) {
    requireOneEach(pairs);
    if (pairs.length === 0) return '{}\n';
    return pairs.map((pair) => `${nameOf(pair.name)}: ${textOfValue(pair)}\n`).join('');
  },

  read(text) {
    const document = library.parseDocument(text, { prettyErrors: false });
    const [error] = [...document.errors, ...document.warnings];
    if (error) throw malformed(lineOf(text, error.pos[0]), error.code);
    if (!library.isMap(document.contents)) throw new UserError('usage', 'expected a YAML mapping of names and values');
    const toJson = jsonOf(library, document, text);
    return document.contents.items.map((item) => {
      const { key, value } = item as YamlPair<Node, Node | null>;
      const name = nameFrom(toJson(key));
      const bytes = library.isScalar(value) && value.value instanceof Uint8Array ? value.value : undefined;
      return bytes ? { name, value: textOrBytes(bytes) } : jsonPair(name, toJson(value));
    });
  },
});

function textOfValue(pair: Pair): string {
  if (typeof pair.value === 'string') return pair.json ?? string(textOf(pair, 'YAML'));
  return `!!binary "${Buffer.from(pair.value).toString('base64')}"`;
}

/** Bare where no reader takes it for anything but a string; behind a "?" where it is too long to stand by itself. */
function nameOf(name: string): string {
  if (/^[A-Za-z_/][\w./-]{0,500}$/.test(name) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(name)) return name;
  const quoted = string(textOf({ name, value: name }, 'YAML'));
  return quoted.length < 1000 ? quoted : `? ${quoted}\n`;
}

/** YAML's printable characters are fewer than JSON's. */
const string = (text: string) =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;
const malformed = (line: number, code: string) =>
  new UserError(
    'usage',
    `line ${line} is not YAML as it is expected here (${code.toLowerCase().replaceAll('_', ' ')})`,
  );

const nameFrom = (json: string): string => (json.startsWith('"') ? JSON.parse(json) : json);

function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Uint8Array.from(bytes);
  }
}

type ToJson = (node: Node | null | undefined) => string;

/** Nodes that one file may come to, its aliases followed: a few lines of them can name more than memory holds. */
const most = 100_000;

function jsonOf({ isMap, isSeq, isAlias, isScalar }: Library, document: Document, text: string): ToJson {
  let count = 0;

  const toJson: ToJson = (node) => {
    count += 1;
    if (count > most) throw new UserError('usage', 'its aliases name more than 100,000 values');
    if (isAlias(node)) return toJson(node.resolve(document) as Node);
    if (isMap(node)) return `{${node.items.map((item) => member(item as YamlPair<Node, Node>)).join(',')}}`;
    if (isSeq(node)) return `[${node.items.map((item) => toJson(item as Node)).join(',')}]`;
    return isScalar(node) ? scalar(node.value, node.source, node.range?.[0]) : 'null';
  };

  const member = ({ key, value }: YamlPair<Node, Node>) => `${JSON.stringify(nameFrom(toJson(key)))}:${toJson(value)}`;

  function scalar(value: unknown, source = '', at = 0): string {
    const isNumber = typeof value === 'number';
    if (!isNumber && (typeof value !== 'object' || value === null)) return JSON.stringify(value);
    if (isNumber && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(source)) return source;
    if (isNumber && (Number.isSafeInteger(value) || value % 1 !== 0) && Number.isFinite(value)) return String(value);
    throw new UserError('usage', `line ${lineOf(text, at)} holds a value that JSON has no form for`);
  }

  return toJson;
}
