declare const LATCHKEY_VERSION: string | undefined;

/** As in package.json; the bundler writes it in. */
export const version = typeof LATCHKEY_VERSION === 'string' ? LATCHKEY_VERSION : 'development';
