import { describe, expect, it } from 'vitest';
import { doEach } from '../../src/commands/fates.ts';
import { terminalForTests } from '../helpers/terminal.ts';

const items = Array.from({ length: 1000 }, (_, index) => index);
const said = (item: number) => `item ${item}`;
const dead = () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 });
const failed = (name: string) =>
  Object.assign(new Error('no'), { name, service: 'ssm', operation: 'PutParameter', input: {} });

async function bulk(work: (item: number) => Promise<unknown>, some = items) {
  const terminal = terminalForTests();
  const ending = doEach(terminal, { items: some, said, work });
  return {
    error: await ending.then(
      () => undefined,
      (error: Error) => error,
    ),
    lines: terminal.said,
  };
}

describe('doEach', () => {
  it('says nothing where all is done', async () => {
    expect(await bulk(async () => undefined)).toEqual({ error: undefined, lines: [] });
  });

  it('lists every item of a job whose endpoint dies half-way, and does not try them all', async () => {
    let tried = 0;
    const { error, lines } = await bulk(async (item) => {
      tried += 1;
      if (item >= 500) throw dead();
    });
    expect(error).toMatchObject({ code: 'partial', message: '500 of 1000 could not be done' });
    expect(lines).toHaveLength(1000);
    expect(lines.filter((line) => line.startsWith('done: '))).toEqual(
      items.slice(0, 500).map((item) => `done: item ${item}`),
    );
    expect(lines[500]).toBe('not done: item 500 (127.0.0.1:1 could not be reached: nobody answers)');
    expect(lines.at(-1)).toBe('not tried: item 999');
    expect(tried).toBeLessThan(550);
  });

  it('goes on after items that fail by themselves, be it each second one', async () => {
    const { error, lines } = await bulk(async (item) => {
      if (item % 2 === 1) throw failed(item % 4 === 1 ? 'InternalServerError' : 'AccessDeniedException');
    });
    expect(error).toMatchObject({ code: 'partial', message: '500 of 1000 could not be done' });
    expect(lines.filter((line) => line.startsWith('not tried'))).toEqual([]);
  });

  it('goes on where all are denied, and throws what they were denied with', async () => {
    const { error, lines } = await bulk(
      async () => Promise.reject(failed('AccessDeniedException')),
      items.slice(0, 40),
    );
    expect(error).toMatchObject({ name: 'AccessDeniedException' });
    expect(lines).toEqual([]);
  });

  it('throws what the first one threw where nothing answers at all', async () => {
    const { error, lines } = await bulk(async () => Promise.reject(dead()));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(lines).toEqual([]);
  });
});
