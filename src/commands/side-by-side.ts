/** Items in work at once. How many of their requests are then on their way is up to the client: as many as are let through. */
export const lanes = 16;

/**
 * Does `work` for each item, so many at once; the results in the items' order. Items that come one by one, page after page,
 * are taken when there is a lane for them. The first failure ends it.
 */
export async function sideBySide<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  atOnce = lanes,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = numbered(items);
  const lane = async () => {
    // A lane that fails closes what they all take from.
    for await (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

async function* numbered<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<[index: number, Item], void> {
  let index = 0;
  for await (const item of items) {
    yield [index, item];
    index += 1;
  }
}
