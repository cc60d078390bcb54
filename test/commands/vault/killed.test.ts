import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { openConnection } from '../../../src/vault/store/binding.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const program = path.join(import.meta.dirname, '../../../bin/latchkey.cjs');
const killer = path.join(import.meta.dirname, '../../helpers/kill-before.cjs');
const isWindows = process.platform === 'win32';

let place: ReturnType<typeof makePlace>;
/** What a command finds, and what it leaves when it is killed. */
let now: string;
beforeEach(() => {
  place = makePlace();
  now = path.join(place.place, 'now');
  fs.mkdirSync(now);
});
afterEach(() => place.remove());

const at = (name: string) => path.join(now, name);
const environment = () => ({
  ...{ PATH: process.env.PATH ?? '', HOME: now, LATCHKEY_VAULT: at('vault.db'), LATCHKEY_VAULT_KEY_FILE: at('key') },
  XDG_CACHE_HOME: path.join(place.place, 'cache'),
});

async function latchkey(argv: string[], stdin = '') {
  const terminal = terminalForTests({ stdin: Buffer.from(stdin) });
  const exit = await run(argv, terminal, environment());
  return { exit, out: Buffer.from(terminal.bytes).toString() };
}

const get = async (name: string) => (await latchkey(['secret', 'get', name])).out;
const create = (name: string, value: string) => latchkey(['secret', 'create', name], value);
const leftovers = () => fs.readdirSync(now).filter((name) => name.startsWith('.'));

/** Runs a command in a process that is killed before its change number `step`; whether it has so many. */
function killBefore(step: number, argv: string[]): boolean {
  const env = { ...environment(), KILL_BEFORE: String(step) };
  const child = spawnSync(process.execPath, ['-r', killer, program, ...argv], { env, encoding: 'utf8' });
  if (child.signal === 'SIGKILL') return true;
  expect({ status: child.status, said: child.stderr }).toMatchObject({ status: 0 });
  return false;
}

/** Keeps what there is as the start of each round. */
function asStart(): string {
  const start = path.join(place.place, 'start');
  fs.cpSync(now, start, { recursive: true });
  return start;
}

/** Kills a command before each of its changes, and looks at what is left each time; returns how many there are. */
async function killEverywhere(start: string, argv: string[], look: () => Promise<void>): Promise<number> {
  for (let step = 1; ; step += 1) {
    fs.rmSync(now, { recursive: true });
    fs.cpSync(start, now, { recursive: true });
    const isKilled = killBefore(step, argv);
    await look();
    if (!isKilled) return step - 1;
  }
}

function expectSealed(names: string[], value: string): void {
  for (const name of names) {
    if (!isWindows) expect(fs.statSync(at(name)).mode & 0o777).toBe(0o600);
    expect(fs.readFileSync(at(name)).includes(value)).toBe(false);
  }
}

describe('rekey, killed before any of its changes', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    await latchkey(['vault', 'init']);
    await create('a', 'hunter2');
  });

  const leaveWaiting = () =>
    fs.writeFileSync(at('key.next'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });

  test.each<[string, () => unknown]>([
    ['from the start', () => {}],
    ['again, where the vault has not taken the key that waits', leaveWaiting],
    ['again, where it has', leaveTaken],
  ])('%s: the vault opens, and the next one settles it', async (_case, leave) => {
    await leave();
    const changes = await killEverywhere(asStart(), ['vault', 'rekey'], async () => {
      expect(await get('a')).toBe('hunter2');
      expect((await latchkey(['vault', 'verify'])).exit).toBe(0);
      expectSealed(fs.readdirSync(now), 'hunter2');
      expect((await latchkey(['vault', 'rekey'])).exit).toBe(0);
      expect(await get('a')).toBe('hunter2');
      expect(fs.existsSync(at('key.next'))).toBe(false);
    });
    expect(changes).toBeGreaterThan(15);
  });

  async function leaveTaken(): Promise<void> {
    const first = fs.readFileSync(at('key'));
    await latchkey(['vault', 'rekey']);
    fs.renameSync(at('key'), at('key.next'));
    fs.writeFileSync(at('key'), first, { mode: 0o600 });
  }
});

test('backup: it is whole or not there, and what is left is sealed', { timeout: 60_000 }, async () => {
  await latchkey(['vault', 'init']);
  await create('one', 'hunter2');
  const changes = await killEverywhere(asStart(), ['vault', 'backup', at('backup')], async () => {
    expectSealed(leftovers(), 'hunter2');
    expect(await get('one')).toBe('hunter2');
    if (!fs.existsSync(at('backup'))) expect((await latchkey(['vault', 'backup', at('backup')])).exit).toBe(0);
    expect((await latchkey(['vault', 'restore', at('backup'), '--replace', '--yes'])).exit).toBe(0);
    expect(await get('one')).toBe('hunter2');
  });
  expect(changes).toBeGreaterThan(10);
});

describe('restore --replace, killed before any of its changes', { timeout: 60_000 }, () => {
  const restore = () => ['vault', 'restore', at('backup'), '--replace', '--yes'];
  beforeEach(async () => {
    await latchkey(['vault', 'init']);
    await create('one', 'backed up');
    await latchkey(['vault', 'backup', at('backup')]);
    await latchkey(['secret', 'put', 'one'], 'changed');
    await create('two', 'later');
  });

  /** A vault that was killed in the middle of a change: half of it is in the file, and a journal takes it back. */
  function startHalfWritten(): string {
    const connection = openConnection(at('vault.db'));
    connection.exec('PRAGMA cache_size = 5; BEGIN IMMEDIATE; CREATE TABLE half (x)');
    connection
      .prepare(
        'INSERT INTO half WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 99) SELECT randomblob(4000) FROM n',
      )
      .run();
    const start = asStart();
    connection.exec('ROLLBACK');
    connection.close();
    expect(fs.statSync(path.join(start, 'vault.db')).size).toBeGreaterThan(fs.statSync(at('vault.db')).size);
    expect(fs.existsSync(path.join(start, 'vault.db-journal'))).toBe(true);
    return start;
  }

  test.each<[string, () => string]>([
    ['a vault at rest', asStart],
    ['a vault that was killed while writing', startHalfWritten],
  ])('%s: it is the old one or the new one', async (_case, start) => {
    const seen = new Set<string>();
    const changes = await killEverywhere(start(), restore(), async () => {
      expect((await latchkey(['vault', 'verify'])).exit).toBe(0);
      seen.add(`${await get('one')}, ${await get('two')}`);
      expectSealed(leftovers(), 'backed up');
      expect((await latchkey(restore())).exit).toBe(0);
      expect(await get('one')).toBe('backed up');
    });
    expect([...seen]).toEqual(['changed, later', 'backed up, ']);
    expect(changes).toBeGreaterThan(10);
  });
});
