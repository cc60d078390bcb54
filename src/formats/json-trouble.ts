const space = /[ \t\n\r]*/y;
const token =
  /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy;

/** What may come next. */
type Awaited = 'value' | 'first item' | 'first name' | 'name' | 'colon' | 'more';

/** The line where a text ceases to be JSON, for one that JSON.parse refuses: what that says may quote the text. */
export function lineOfTrouble(json: string): number {
  const open: string[] = [];
  let awaited: Awaited | undefined = 'value';
  let at = 0;
  while (awaited) {
    space.lastIndex = at;
    at += space.exec(json)![0].length;
    token.lastIndex = at;
    const found = token.exec(json)?.[0];
    awaited = found === undefined ? undefined : after(found, awaited, open);
    if (awaited) at += found!.length;
  }
  return json.slice(0, at).split('\n').length;
}

/** What may follow; undefined where this itself may not stand here. */
function after(found: string, awaited: Awaited, open: string[]): Awaited | undefined {
  const isClosing = found === '}' || found === ']';
  if (isClosing && (awaited === 'more' || awaited.startsWith('first')))
    return open.pop() === found ? 'more' : undefined;
  switch (awaited) {
    case 'first name':
    case 'name':
      return found.startsWith('"') ? 'colon' : undefined;
    case 'colon':
      return found === ':' ? 'value' : undefined;
    case 'more':
      return found === ',' && open.length > 0 ? (open.at(-1) === '}' ? 'name' : 'value') : undefined;
    default:
      return afterValue(found, open);
  }
}

function afterValue(found: string, open: string[]): Awaited | undefined {
  if (/^[}\],:]$/.test(found)) return undefined;
  if (found === '{') open.push('}');
  else if (found === '[') open.push(']');
  else return 'more';
  return found === '{' ? 'first name' : 'first item';
}
