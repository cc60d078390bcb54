import { ApiError } from '../errors.ts';

const ourNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Throws AccessDeniedException for what a web page could have sent: a page may reach a loopback port by a name of its
 * own that leads there, but cannot say another name than its own, nor hide that it is a page.
 */
export function checkOrigin(headers: ReadonlyMap<string, string>, port: number): void {
  if (headers.has('origin')) throw refused('a web page may not talk to this endpoint');
  const host = (headers.get('host') ?? '').toLowerCase();
  if (!ourNames.some((name) => host === `${name}:${port}` || (port === 80 && host === name))) {
    throw refused(`this endpoint is called ${ourNames.map((name) => `${name}:${port}`).join(', ')}`);
  }
}

const refused = (message: string) => new ApiError('AccessDeniedException', message, 403);
