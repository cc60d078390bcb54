/**
 * Rules as data, and the one interpreter that reads them.
 *
 * A shape says what a member of a request may hold. From it come the TypeScript type of the native value, the
 * conversion from wire JSON, and the sentences in which AWS refuses a value.
 */
import { ApiError } from './errors.ts';

export interface Shape<T> {
  readonly kind: 'string' | 'integer' | 'boolean' | 'timestamp' | 'blob' | 'list' | 'map' | 'structure';
  readonly rules: Rules;
  readonly members?: Readonly<Record<string, Shape<unknown>>>;
  readonly key?: Shape<string>;
  readonly member?: Shape<unknown>;
  readonly required?: true;
  /** Only for inference: never set. */
  readonly type?: T;
}

interface Rules {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** The value is left out of messages. */
  readonly sensitive?: boolean;
}

type Required<T> = Shape<T> & { readonly required: true };
type Members = Readonly<Record<string, Shape<unknown>>>;
type Native<S> = S extends Shape<infer T> ? T : never;

/** The native type of a structure's members: required ones are there, the others may be. */
export type Input<M extends Members> = {
  [K in keyof M as M[K] extends { required: true } ? K : never]: Native<M[K]>;
} & { [K in keyof M as M[K] extends { required: true } ? never : K]?: Native<M[K]> };

/** Lengths are in UTF-16 code units, as the services' own Java counts them. */
export const string = (rules: Rules = {}): Shape<string> => ({ kind: 'string', rules });
export const enumeration = <const V extends string>(...values: V[]): Shape<V> => ({
  kind: 'string',
  rules: { values },
});
export const integer = (rules: Rules = {}): Shape<number> => ({ kind: 'integer', rules });
export const boolean = (): Shape<boolean> => ({ kind: 'boolean', rules: {} });
/** Seconds since 1970 on the wire, a `Date` inside. */
export const timestamp = (): Shape<Date> => ({ kind: 'timestamp', rules: {} });
/** Base64 on the wire, a `Uint8Array` inside; lengths are in bytes. Never shown in a message. */
export const blob = (rules: Rules = {}): Shape<Uint8Array> => ({ kind: 'blob', rules: { ...rules, sensitive: true } });
export const list = <T>(member: Shape<T>, rules: Rules = {}): Shape<T[]> => ({ kind: 'list', rules, member });
export const map = <T>(key: Shape<string>, member: Shape<T>, rules: Rules = {}): Shape<Record<string, T>> => ({
  kind: 'map',
  rules,
  key,
  member,
});
export const structure = <M extends Members>(members: M): Shape<Input<M>> => ({
  kind: 'structure',
  rules: {},
  members,
});
export const required = <T>(shape: Shape<T>): Required<T> => ({ ...shape, required: true });

/** Throws AWS's ValidationException, or what a service calls it, naming every broken rule in one message. */
export function validate(shape: Shape<unknown>, value: unknown, type = 'ValidationException'): void {
  const broken = [...violations(shape, value, '')];
  if (broken.length === 0) return;
  const errors = broken.length === 1 ? 'error' : 'errors';
  throw new ApiError(type, `${broken.length} validation ${errors} detected: ${broken.join('; ')}`);
}

function* violations(shape: Shape<unknown>, value: unknown, path: string): Generator<string> {
  if (value === undefined || value === null) {
    if (shape.required) yield `Value null at '${path}' failed to satisfy constraint: Member must not be null`;
    return;
  }
  for (const constraint of brokenRules(shape, value)) {
    const shown = shape.rules.sensitive ? 'Value' : `Value '${render(value)}'`;
    yield `${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
  }
  yield* children(shape, value, path);
}

function* children(shape: Shape<unknown>, value: unknown, path: string): Generator<string> {
  const under = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (shape.kind === 'structure') {
    for (const [name, member] of Object.entries(shape.members!)) {
      yield* violations(member, (value as Record<string, unknown>)[name], under(lowerCamel(name)));
    }
  } else if (shape.kind === 'list') {
    for (const [index, item] of (value as unknown[]).entries()) {
      yield* violations(required(shape.member!), item, under(`${index + 1}.member`));
    }
  } else if (shape.kind === 'map') {
    for (const [name, item] of Object.entries(value as object)) {
      yield* violations(shape.key!, name, under(`${name}.key`));
      yield* violations(required(shape.member!), item, under(`${name}.value`));
    }
  }
}

function* brokenRules({ kind, rules }: Shape<unknown>, value: unknown): Generator<string> {
  const measure = kind === 'integer' ? 'value' : 'length';
  const size = kind === 'integer' ? (value as number) : sizeOf(value);
  if (rules.min !== undefined && size < rules.min) {
    yield `Member must have ${measure} greater than or equal to ${rules.min}`;
  }
  if (rules.max !== undefined && size > rules.max) {
    yield `Member must have ${measure} less than or equal to ${rules.max}`;
  }
  if (rules.pattern && !wholly(rules.pattern).test(value as string)) {
    yield `Member must satisfy regular expression pattern: ${rules.pattern}`;
  }
  if (rules.values && !rules.values.includes(value as string)) {
    yield `Member must satisfy enum value set: [${rules.values.join(', ')}]`;
  }
}

const compiled = new Map<string, RegExp>();

/** The expression that a whole value must match, made once a pattern. */
function wholly(pattern: string): RegExp {
  const made = compiled.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'us');
  compiled.set(pattern, made);
  return made;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return typeof value === 'object' ? Object.keys(value!).length : 0;
}

function render(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(render).join(', ')}]`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

const lowerCamel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Wire JSON to native values. Unknown members are dropped, as AWS drops them; a wrong type is a SerializationException. */
export function fromWire(shape: Shape<unknown>, json: unknown): unknown {
  return convert(shape, json, (leaf, value) => {
    if (leaf === 'blob') return typeof value === 'string' ? decodeBase64(value) : refuse(leaf, value);
    if (leaf === 'timestamp') return typeof value === 'number' ? moment(new Date(value * 1000)) : refuse(leaf, value);
    return scalar(leaf, value);
  });
}

/** Native values as a caller in the same process hands them in: the same drops and refusals, no conversion. */
export function fromNative(shape: Shape<unknown>, input: unknown): unknown {
  return convert(shape, input, (leaf, value) => {
    if (leaf === 'blob') return value instanceof Uint8Array ? value : refuse(leaf, value);
    if (leaf === 'timestamp') return value instanceof Date ? moment(value) : refuse(leaf, value);
    return scalar(leaf, value);
  });
}

/** Native values to wire JSON: bytes become base64, dates become seconds since 1970, absent members are left out. */
export function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, toWire(member)]),
  );
}

type Leaf = (kind: Shape<unknown>['kind'], value: unknown) => unknown;

function convert(shape: Shape<unknown>, value: unknown, leaf: Leaf): unknown {
  if (value === undefined || value === null) return undefined;
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) return refuse('list', value);
    return value.map((item) => convert(shape.member!, item, leaf));
  }
  if (shape.kind !== 'structure' && shape.kind !== 'map') return leaf(shape.kind, value);
  if (typeof value !== 'object' || Array.isArray(value)) return refuse(shape.kind, value);
  const memberOf = (name: string) => (shape.kind === 'map' ? shape.member : shape.members![name]);
  const names = Object.keys(shape.kind === 'map' ? value : shape.members!);
  const entries = names.map((name) => [name, convert(memberOf(name)!, (value as Record<string, unknown>)[name], leaf)]);
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

function scalar(kind: Shape<unknown>['kind'], value: unknown): unknown {
  if (kind === 'integer') return Number.isFinite(value) ? Math.trunc(value as number) : refuse(kind, value);
  return typeof value === kind ? value : refuse(kind, value);
}

const moment = (date: Date) => (Number.isNaN(date.getTime()) ? refuse('timestamp', Number.NaN) : date);

function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) return refuse('blob', text);
  return bytes;
}

type Kind = Shape<unknown>['kind'];

/** What the services' own parser calls a type. */
const classes: Record<Kind, string> = {
  string: 'java.lang.String',
  integer: 'java.lang.Integer',
  boolean: 'java.lang.Boolean',
  timestamp: 'java.util.Date',
  blob: 'java.nio.ByteBuffer',
  list: 'java.util.List',
  map: 'java.util.Map',
  structure: 'java.lang.Object',
};

/** Throws the sentence with which the services' parser refuses a value of the wrong type; the value is not in it. */
function refuse(expected: Kind, value: unknown): never {
  throw new ApiError('SerializationException', mismatch(expected, value));
}

function mismatch(expected: Kind, value: unknown): string {
  if (Array.isArray(value)) return `Unrecognized collection type class ${classes[expected]}`;
  if (typeof value === 'object') return 'Start of structure or map found where not expected';
  if (expected === 'list' || expected === 'map' || expected === 'structure') return 'Unexpected field type';
  if (expected === 'blob') return 'only base-64-encoded strings are convertible to bytes';
  if (expected === 'boolean' && typeof value === 'string') return 'Unexpected token received from parser';
  return `${tokenOf(value)} cannot be converted to ${classes[expected].split('.').at(-1)}`;
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return `${String(value).toUpperCase()}_VALUE`;
  if (typeof value === 'string') return 'STRING_VALUE';
  return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}
