/** Characters below which nothing can be told. */
const shortest = 16;
/** Bits for each character: English has about two, hexadecimal digits at random nearly four. */
const leastEntropy = 3;

/** What a row of Base64 has, which may be full of slashes: a path of this length has less. */
const leastOfBase64 = 4;

/** Whether a part of it looks as if no person had thought of it: a token, a key, a hash, a UUID. */
export const looksRandom = (text: string): boolean => text.split(/[/.:?&=@,;\s]+/).some(isRandom) || isBase64(text);

/** `/1V7Cc5QRC4/krnrJxg/G3wAk2ln5MJE` is no path. */
const isBase64 = (text: string): boolean =>
  /^[A-Za-z0-9+/]{20,}={0,2}$/.test(text) &&
  /[a-z].*[A-Z]|[A-Z].*[a-z]/.test(text) &&
  entropy(text) > leastOfBase64 &&
  (capitalsInside(text) > 4 || text.split(/[+/=]/).some((piece) => !isOfWords(piece)));

/** `/srv/myAppName` has two. */
const capitalsInside = (text: string): number => text.match(/[a-z](?=[A-Z])/g)?.length ?? 0;

const isRandom = (part: string): boolean =>
  part.length >= shortest &&
  /\d/.test(part) &&
  /[A-Za-z]/.test(part) &&
  !isOfWords(part) &&
  entropy(part) > leastEntropy;

/** `my-app-eu-west-1`, `release_2024_10`: words with a number behind them. */
const isOfWords = (part: string) => part.split(/[-_]/).every((piece) => /^(?:[A-Za-z]*\d{0,4}|\d+)$/.test(piece));

/** Shannon's, in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
