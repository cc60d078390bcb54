import { afterAll, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const { place, environment, remove } = makePlace();
afterAll(remove);

async function type(argv: string[], stdin = '') {
  const terminal = terminalForTests({ stdin });
  const exit = await run(argv, terminal, { ...environment, LATCHKEY_VAULT: `${place}/vault.db` });
  return { exit, stdout: terminal.stdout };
}

it('never says that an edit is done which another one undid', async () => {
  await type(['vault', 'init']);
  await type(['secret', 'create', 'prod/db'], '{}');
  const keys = Array.from({ length: 12 }, (_, index) => `key${index}`);
  const edits = await Promise.all(keys.map((key) => type(['secret', 'set', `prod/db#${key}`], 'mine')));
  const done = keys.filter((_, index) => edits[index]!.exit === 0);
  const lost = edits.filter(({ exit }) => exit === 5);
  const { stdout } = await type(['secret', 'get', 'prod/db']);
  expect(Object.keys(JSON.parse(stdout)).sort()).toEqual(done.sort());
  expect([done.length > 0, lost.length > 0, done.length + lost.length]).toEqual([true, true, keys.length]);
  const versions = await type(['secret', 'versions', 'prod/db', '--query', '[].VersionStages[]']);
  expect(JSON.parse(versions.stdout).sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
});
