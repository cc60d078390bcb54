/** Whether any of the patterns is the name; `*` in one stands for any letters, or none. */
export const isAmong = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's').test(name));

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
