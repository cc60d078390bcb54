import { jsonPair } from '../../formats/json.ts';
import { type Span, spansOf } from '../../formats/json-spans.ts';
import type { Pair } from '../../formats/pair.ts';

/** Something that two JSON texts do not have in common. */
export interface Part {
  /** The names on the way to it. */
  readonly path: readonly string[];
  /** What the first has there; absent where it has nothing. */
  readonly a?: Pair;
  readonly b?: Pair;
}

interface Node {
  readonly json: string;
  readonly span: Span;
}

/**
 * How two JSON texts differ in meaning, leaf by leaf, and all leaves of one where there is no other. Neither white space
 * nor the order of keys matters, but a number counts with all its digits. Lists are compared item by item where they are
 * of one length, else as a whole: an item more would move all behind it.
 */
export function jsonParts(a: string | undefined, b: string | undefined): Part[] {
  const parts: Part[] = [];
  compare(nodeOf(a), nodeOf(b), []);
  return parts;

  function compare(one: Node | undefined, other: Node | undefined, path: readonly string[]): void {
    if (isDivided(one, other)) {
      const names = new Set([...(one?.span.members?.keys() ?? []), ...(other?.span.members?.keys() ?? [])]);
      for (const name of names) compare(memberOf(one, name), memberOf(other, name), [...path, name]);
    } else if (!isSame(one, other)) {
      parts.push({ path, a: pairOf(one), b: pairOf(other) });
    }
  }
}

function nodeOf(json: string | undefined): Node | undefined {
  return json === undefined ? undefined : { json, span: spansOf(json) };
}

function memberOf(node: Node | undefined, name: string): Node | undefined {
  const span = node?.span.members?.get(name);
  return node && span && { json: node.json, span };
}

/** Two of a kind are looked into, and one that stands alone where it has names. */
function isDivided(one: Node | undefined, other: Node | undefined): boolean {
  if (one && other) return kindOf(one) === kindOf(other) && one.span.members !== undefined;
  const { members } = (one ?? other)!.span;
  return kindOf((one ?? other)!) === '{' && members!.size > 0;
}

/** By its first character; of lists with how many items they have. */
function kindOf({ json, span }: Node): string {
  return json[span.start] === '[' ? `[${span.members!.size}` : json[span.start]!;
}

function isSame(one: Node | undefined, other: Node | undefined): boolean {
  const [a, b] = [pairOf(one), pairOf(other)];
  return a?.value === b?.value && a?.json === b?.json;
}

const textOf = ({ json, span }: Node) => json.slice(span.start, span.end);
const pairOf = (node: Node | undefined) => node && jsonPair('', textOf(node));
