import type { Terminal } from '../context.ts';

/**
 * Every item of an answer that comes in pages. A page may be empty and still not be the last: only a missing token ends
 * the walk. From the second page on it says how far it is.
 */
export async function everyItem<Page extends { NextToken?: string }, Item>(
  terminal: Terminal,
  readPage: (NextToken?: string) => Promise<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await readPage(token);
    items.push(...(itemsOf(page) ?? []));
    token = page.NextToken;
    if (token) terminal.remark(`${items.length} so far, reading on`);
  } while (token);
  return items;
}
