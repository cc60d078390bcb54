import { expect, it } from 'vitest';
import { requireFit } from '../../../src/commands/entries/fit.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

function troubles(target: string, values: Record<string, string | Uint8Array>): string[] {
  const terminal = terminalForTests();
  const changes = Object.entries(values).map(([name, value]) => ({ name, entry: { name, value } }));
  try {
    requireFit(terminal, target, changes);
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage', message: expect.stringMatching(/cannot be stored in "/) });
  }
  return terminal.said;
}

it.each([
  ['a b', 'letters, digits'],
  ['é', 'letters, digits'],
  ['a\u0000b', 'letters, digits'],
  ['a/', 'no empty level'],
  ['/a', 'no empty level'],
  ['a/'.repeat(14).concat('a'), 'at most 15 levels, this has 16'],
  ['a'.repeat(1011), 'at most 1,011 characters'],
])('no parameter is called /app/%s', (name, trouble) => {
  expect(troubles('param:/app/', { fine: 'x', [name]: 'x' })).toEqual([expect.stringContaining(trouble)]);
});

it('the first level may not be one that AWS keeps', () => {
  expect(troubles('param:/', { 'aws/x': 'x', SSMx: 'x', fine: 'x' })).toHaveLength(2);
});

it.each([
  ['', 'at least one character'],
  ['x'.repeat(8193), '8193 bytes'],
  ['{{ssm:x}}', '"{{...}}"'],
  [Uint8Array.of(0xff), 'not UTF-8'],
])('no parameter holds it', (value, trouble) => {
  expect(troubles('param:/app/', { a: value })).toEqual([expect.stringContaining(trouble)]);
});

it('what no secret is called, and what none holds', () => {
  const values = { 'a b': 'x', long: 'x'.repeat(65_537), empty: '', ['n'.repeat(509)]: 'x' };
  expect(troubles('secret:app/', values)).toHaveLength(4);
  expect(troubles('secret:app/', { 'a+b=c.d@e!f-g_h': 'x', bytes: Uint8Array.of(0xff) })).toEqual([]);
});

it('a key is called anything, and may be empty', () => {
  expect(troubles('secret:app', { 'a b/é': 'x', '': '' })).toEqual([]);
});

it('never shows a value', () => {
  expect(troubles('param:/app/', { a: `{{hunter2}}`, b: 'hunter2'.repeat(2000) }).join()).not.toContain('hunter2');
});
