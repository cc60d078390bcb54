/** Where a value stands in a JSON text, and the members of an object or the items of a list within. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** By name or index; absent for all but objects and lists. A name given twice is there once: the last, as in JSON.parse. */
  readonly members?: ReadonlyMap<string, Span>;
  /** The last name that is given twice. */
  readonly twice?: string;
}

const space = /[ \t\n\r]*/y;
const scalar = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;

/** Finds every value of a text that JSON.parse has accepted. Texts are edited by their spans, so nothing else changes. */
export function spansOf(json: string): Span {
  let at = 0;

  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(json)!;
    at += found.length;
    return found;
  };

  function value(): Span {
    skip(space);
    const start = at;
    if (json[at] === '{') return { start, ...collect('}', name), end: at };
    if (json[at] === '[') return { start, ...collect(']', undefined), end: at };
    skip(scalar);
    return { start, end: at };
  }

  function name(): string {
    skip(space);
    const found = JSON.parse(skip(scalar)) as string;
    skip(space);
    at += 1; // the colon
    return found;
  }

  function collect(close: string, readName: (() => string) | undefined): Pick<Span, 'members' | 'twice'> {
    const members = new Map<string, Span>();
    let twice: string | undefined;
    at += 1;
    skip(space);
    while (json[at] !== close) {
      const key = readName ? readName() : String(members.size);
      if (members.has(key)) twice = key;
      members.set(key, value());
      skip(space);
      if (json[at] === ',') at += 1;
      skip(space);
    }
    at += 1;
    return twice === undefined ? { members } : { members, twice };
  }

  return value();
}
