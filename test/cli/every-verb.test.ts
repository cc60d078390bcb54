import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { type Branch, find, type Leaf } from '../../src/cli/tree.ts';
import { makePlace } from '../helpers/play.ts';
import { terminalForTests } from '../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
beforeAll(() => {
  place = makePlace();
});
afterAll(() => place.remove());

async function latchkey(...argv: string[]) {
  const terminal = terminalForTests();
  const exit = await run(argv, terminal, { ...place.environment, LATCHKEY_VAULT: '1' });
  return { exit, out: Buffer.from(terminal.bytes).toString(), said: terminal.said };
}

function verbsBelow(path: string[], node: Leaf | Branch): string[][] {
  if (!('verbs' in node)) return [path];
  return Object.entries(node.verbs).flatMap(([name, one]) => verbsBelow([...path, name], one));
}

const verbs = verbsBelow([], find([]).node).map((path) => [path.join(' '), path] as const);

test('the help of the whole fits a screen', async () => {
  const { out } = await latchkey('--help');
  expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
});

describe.each(verbs)('%s', (_, path) => {
  test('its help has a summary and an example that calls it', async () => {
    const { exit, out } = await latchkey(...path, '--help');
    const called = find(path).path.join(' ');
    expect(exit).toBe(0);
    expect(out).toMatch(/^Usage: latchkey /);
    expect(out.split(/\nExamples?:\n/)[1]).toContain(`latchkey ${called}`);
  });

  test('an option that there is not: exit 2, and where help is', async () => {
    const { exit, said, out } = await latchkey(...path, '--no-such-option');
    expect([exit, out]).toEqual([2, '']);
    expect(said[0]).toMatch(/^latchkey: error: (?:unknown option "--no-such-option"|required option)/);
    expect(said.at(-1)).toMatch(/^latchkey: hint: see "latchkey .* --help"$/);
  });
});
