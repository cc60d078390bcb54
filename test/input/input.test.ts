import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import { confirmPlan } from '../../src/input/plan.ts';
import { readValue } from '../../src/input/value.ts';
import { terminalForTests } from '../helpers/terminal.ts';

type Given = Parameters<typeof terminalForTests>[0];

const contextOver = (given: Given) => {
  const terminal = terminalForTests(given);
  return { terminal, context: { terminal } as unknown as Context };
};

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-input-'));
  fs.writeFileSync(path.join(folder, 'value'), 'from the file\n');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const read = async (given: Given, options: object = {}, confirm = false) =>
  Buffer.from(await readValue(contextOver(given).context, options, { question: 'Value', confirm })).toString();

describe('readValue', () => {
  it('reads the file first, then what is piped, then asks', async () => {
    const valueFile = path.join(folder, 'value');
    expect(await read({ stdin: 'piped' }, { valueFile })).toBe('from the file\n');
    expect(await read({ stdin: 'piped\r\n' })).toBe('piped\r\n');
    expect(await read({ stdin: 'piped', tty: true }, { valueFile: '-' })).toBe('piped');
    expect(await read({ tty: true, answers: ['typed'] })).toBe('typed');
    expect(await read({ stdin: 'piped' }, { value: 'given' })).toBe('given');
  });

  it.each([
    ['a\n', 'a'],
    ['a\r\n', 'a'],
    ['a\n\n', 'a\n'],
    ['a', 'a'],
    [' a ', ' a '],
  ])('trims one newline, when told so: %j', async (stdin, expected) => {
    expect(await read({ stdin }, { trimNewline: true })).toBe(expected);
  });

  it('refuses an empty value, unless told otherwise', async () => {
    await expect(read({ stdin: '' })).rejects.toMatchObject({ code: 'usage', message: 'the value is empty' });
    await expect(read({ stdin: '\n' }, { trimNewline: true })).rejects.toMatchObject({ code: 'usage' });
    expect(await read({ stdin: '' }, { allowEmpty: true })).toBe('');
  });

  it('asks twice where nobody could see a typing error', async () => {
    expect(await read({ tty: true, answers: ['a', 'a'] }, {}, true)).toBe('a');
    await expect(read({ tty: true, answers: ['a', 'b'] }, {}, true)).rejects.toMatchObject({ code: 'usage' });
    await expect(read({ tty: true, answers: [] })).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('names a file that is not there', async () => {
    await expect(read({}, { valueFile: '/nowhere/x' })).rejects.toMatchObject({
      ...{ code: 'not-found', message: 'there is no file "/nowhere/x"' },
    });
  });
});

describe('confirmPlan', () => {
  const plan = { lines: ['delete a', 'delete b'], question: 'Delete both?' };

  it.each([
    ['--dry-run shows and stops', { tty: true, answers: ['y'] }, { dryRun: true }, false, plan.lines],
    ['--yes does it without a word', {}, { yes: true }, true, []],
    ['yes', { tty: true, answers: ['y'] }, {}, true, [...plan.lines, plan.question]],
    ['no', { tty: true, answers: ['n'] }, {}, false, [...plan.lines, plan.question]],
    ['just Enter is no', { tty: true, answers: [''] }, {}, false, [...plan.lines, plan.question]],
  ])('%s', async (_, given, options, expected, said) => {
    const { context, terminal } = contextOver(given);
    expect(await confirmPlan(context, plan, options)).toBe(expected);
    expect(terminal.said).toEqual(said);
  });

  it('needs --yes where nobody can be asked', async () => {
    await expect(confirmPlan(contextOver({}).context, plan, {})).rejects.toMatchObject({ code: 'usage' });
  });
});
