import type { Terminal } from '../context.ts';
import { progressOf } from '../output/progress.ts';

/**
 * The pages of an answer, each read when it is asked for. A page may be empty and still not be the last: only a missing
 * token ends the walk.
 */
export async function* everyPage<Page extends { NextToken?: string }>(
  readPage: (NextToken?: string) => Promise<Page>,
  firstToken?: string,
): AsyncGenerator<Page, void> {
  let token = firstToken;
  do {
    const page = await readPage(token);
    yield page;
    token = page.NextToken;
  } while (token);
}

/** Every item of an answer that comes in pages. Of a long one it shows how far it is. */
export async function everyItem<Page extends { NextToken?: string }, Item>(
  terminal: Terminal,
  readPage: (NextToken?: string) => Promise<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  const progress = progressOf(terminal, 'listing');
  try {
    for await (const page of everyPage(readPage)) {
      const found = itemsOf(page) ?? [];
      for (const item of found) items.push(item);
      progress.add(found.length);
    }
  } finally {
    progress.end();
  }
  return items;
}
