import { UserError } from '../errors.ts';
import { type Span, spansOf } from '../formats/json-spans.ts';

interface Keyed {
  /** Nested keys divided by "/"; "~1" is a slash in a key, "~0" a tilde (RFC 6901, without its first slash). */
  readonly key?: string;
}

/**
 * One key of a JSON value: a string raw, anything else as the JSON text that stands there.
 * Throws code `not-found` with the keys there are, and `usage` where the value is not JSON.
 */
export function readKey(value: string | Uint8Array, { key = '' }: Keyed): string {
  const json = typeof value === 'string' ? value : Buffer.from(value).toString();
  const { start, end } = descend(scan(json), stepsOf(key));
  const text = json.slice(start, end);
  return text.startsWith('"') ? JSON.parse(text) : text;
}

/** The JSON text that stands at a key; undefined where there is none. Throws code `usage` where the value is not JSON. */
export function jsonAt(json: string, key: string): string | undefined {
  let here: Span | undefined = scan(json);
  for (const step of stepsOf(key)) here = here?.members?.get(step);
  return here && json.slice(here.start, here.end);
}

/** The names and values of a JSON object, each as `readKey` gives it. Throws code `usage` where it is not one. */
export function readKeys(value: string | Uint8Array): [name: string, value: string][] {
  const json = typeof value === 'string' ? value : Buffer.from(value).toString();
  const { start, members } = scan(json);
  if (!members || json[start] !== '{') throw notJson('a JSON object', []);
  return [...members].map(([name, span]) => {
    const text = json.slice(span.start, span.end);
    return [name, text.startsWith('"') ? JSON.parse(text) : text];
  });
}

/**
 * The text with one key replaced or added by `newJson`, itself JSON. All else stays to the letter: the order of keys,
 * white space, and numbers that JavaScript could not hold.
 */
export function setKey(json: string, key: string, newJson: string): string {
  const steps = stepsOf(key);
  const root = scan(json);
  const parent = descend(root, steps.slice(0, -1));
  const name = steps.at(-1)!;
  if (!parent.members) throw new UserError('usage', `"${pathOf(steps.slice(0, -1))}" is neither an object nor a list`);
  const old = parent.members.get(name);
  if (old) return json.slice(0, old.start) + newJson + json.slice(old.end);
  return (
    json.slice(0, parent.start) +
    withMember(json.slice(parent.start, parent.end), parent, name, newJson) +
    json.slice(parent.end)
  );
}

/** The text without one key, or one item of a list. All else stays to the letter. Throws code `not-found`. */
export function removeKey(json: string, key: string): string {
  const steps = stepsOf(key);
  const root = scan(json);
  const gone = descend(root, steps);
  const parent = descend(root, steps.slice(0, -1));
  const rest = withoutMember(json, parent, gone);
  // A name that stood there twice: the first must not come to light.
  return json[parent.start] === '{' && jsonAt(rest, key) !== undefined ? removeKey(rest, key) : rest;
}

/** With the comma before it; the first one with the comma behind it. */
function withoutMember(json: string, parent: Span, gone: Span): string {
  const ends = [...parent.members!.values()].map(({ end }) => end);
  const before = Math.max(...ends.filter((end) => end <= gone.start));
  if (before > 0) return json.slice(0, before) + json.slice(gone.end);
  const first = parent.start + 1;
  if (!/^\s*,/.test(json.slice(gone.end))) return json.slice(0, first) + json.slice(parent.end - 1);
  const [space] = /^\s*/.exec(json.slice(first))!;
  return json.slice(0, first) + space + json.slice(gone.end).replace(/^\s*,\s*/, '');
}

/** Behind the last member, divided from it as the last two are. */
function withMember(text: string, { start, members }: Span, name: string, newJson: string): string {
  if (text.startsWith('[') && name !== String(members!.size) && name !== '-')
    throw noSuchKey(name, [...members!.keys()]);
  const member = text.startsWith('[') ? newJson : `${JSON.stringify(name)}:${afterColon(text)}${newJson}`;
  const last = [...members!.values()].at(-1);
  if (!last) return `${text[0]}${member}${text.at(-1)}`;
  const end = last.end - start;
  const before = /^[[{](\s*)/.exec(text)![1]!;
  const between = members!.size > 1 || before ? before || (/,(\s*)/.exec(text)?.[1] ?? '') : '';
  return `${text.slice(0, end)},${between}${member}${text.slice(end)}`;
}

const afterColon = (text: string) => (/^\{\s*"(?:[^"\\]|\\.)*"\s*:( )/.test(text) ? ' ' : '');

function scan(json: string): Span {
  try {
    JSON.parse(json);
  } catch {
    throw notJson('JSON', ['read the whole value: leave out the "#" and what is behind it']);
  }
  return spansOf(json);
}

function descend(root: Span, steps: readonly string[]): Span {
  let here = root;
  for (const [index, step] of steps.entries()) {
    if (!here.members) throw new UserError('not-found', `"${pathOf(steps.slice(0, index))}" has no keys`);
    const next = here.members.get(step);
    if (!next) throw noSuchKey(pathOf(steps.slice(0, index + 1)), [...here.members.keys()]);
    here = next;
  }
  return here;
}

/** The names on the way to a key; none where there is no key. */
export const stepsOf = (key: string | undefined): string[] =>
  key === undefined ? [] : key.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
/** The key that these names lead to. */
export const pathOf = (steps: readonly string[]): string =>
  steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

const notJson = (what: string, hints: string[]) => new UserError('usage', `the value is not ${what}`, { hints });

/** Names of keys are no secret; values are. */
function noSuchKey(key: string, there: string[]): UserError {
  const names = there
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ');
  return new UserError('not-found', `there is no key "${key}"`, {
    hints: [
      there.length === 0 ? 'there are no keys at all' : `there is ${names}${there.length > 20 ? ' and more' : ''}`,
    ],
  });
}
