/**
 * Text that may come from anybody, safe to print: control characters (but tab and newline) and marks that turn the
 * reading direction are shown as escapes, so that a name cannot move the cursor, change a title, or hide another.
 */
export const visible = (text: string): string => text.replace(hidden, escaped);

/** The same for what is to be one line: a newline in a name would begin a line that looks like our own. */
export const visibleLine = (text: string): string => visible(text).replaceAll('\n', '\\x0a');

/** As `visible`, for text that is JSON and is to stay it. */
export const visibleJson = (json: string): string =>
  json.replace(hidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const hidden = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]/gu;

const escaped = (character: string) => {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
};
