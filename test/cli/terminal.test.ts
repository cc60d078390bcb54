import { afterEach, expect, test } from 'vitest';
import { processTerminal } from '../../src/cli/terminal.ts';

const own = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
afterEach(() => {
  if (own) Object.defineProperty(process.stdout, 'columns', own);
  else Reflect.deleteProperty(process.stdout, 'columns');
});

test.each([
  [undefined, 80],
  [0, 80],
  [200, 200],
])('a terminal that says it is %s columns wide is taken for %d', (value, columns) => {
  Object.defineProperty(process.stdout, 'columns', { value, configurable: true });
  expect(processTerminal().columns).toBe(columns);
});
