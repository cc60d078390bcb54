import type { Terminal } from '../context.ts';
import { progressOf } from '../output/progress.ts';

/**
 * The pages of an answer; while one is worked on, the next is on its way. A page may be empty and still not be the last:
 * only a missing token ends the walk.
 */
export async function* everyPage<Page extends { NextToken?: string }>(
  readPage: (NextToken?: string) => Promise<Page>,
): AsyncGenerator<Page, void> {
  let coming: Promise<Page> | undefined = readPage();
  while (coming) {
    const page: Page = await coming;
    coming = page.NextToken ? readPage(page.NextToken) : undefined;
    coming?.catch(() => {}); // it fails when it is waited for, if it ever is
    yield page;
  }
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
