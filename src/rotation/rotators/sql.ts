/** Standard SQL, where a backslash means nothing: both servers are told to read it so. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const identifier = (name: string, quote: '"' | '`'): string =>
  `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
