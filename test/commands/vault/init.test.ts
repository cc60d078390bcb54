import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
let at: (...parts: string[]) => string;
beforeEach(() => {
  place = makePlace();
  at = (...parts) => path.join(place.place, ...parts);
});
afterEach(() => place.remove());

type Given = NonNullable<Parameters<typeof terminalForTests>[0]> & { environment?: Record<string, string> };

async function latchkey(argv: string[], { environment = {}, ...given }: Given = {}) {
  const terminal = terminalForTests(given);
  const exit = await run(argv, terminal, { ...place.environment, LATCHKEY_VAULT: '1', ...environment });
  return { exit, said: terminal.said, stdout: terminal.stdout };
}

const everything = () => fs.readdirSync(place.place, { recursive: true, encoding: 'utf8' }).sort();
const modeOf = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

describe('what is made', () => {
  it.skipIf(process.platform === 'win32')('is for its owner alone, the key apart from the vault', async () => {
    await latchkey(['vault', 'init']);
    const [key] = fs.readdirSync(at('config/latchkey/keys'));
    const modes = ['data', 'data/latchkey', 'data/latchkey/vault.db', 'config', `config/latchkey/keys/${key}`];
    expect(modes.map((name) => modeOf(at(name)))).toEqual(['700', '700', '600', '700', '600']);
  });

  it('is told with the next steps at a terminal, and without the key', async () => {
    const { stdout, said } = await latchkey(['vault', 'init', '--vault-file', at('v'), '--key-file', at('k')], {
      tty: true,
    });
    expect(stdout).toBe(`vault  ${at('v')}\nkey    ${at('k')}\n`);
    expect(said).toEqual([
      `use it in every command: export LATCHKEY_VAULT=${at('v')}`,
      `and say where its key is: export LATCHKEY_VAULT_KEY_FILE=${at('k')}`,
      'keep a copy of the key, or a recovery key on paper: "latchkey vault recovery-key"',
    ]);
    const key = fs.readFileSync(at('k'), 'utf8').trim().split('\n').at(-1)!;
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(said.join() + stdout).not.toContain(key);
  });

  it('uses a key file that is there, and leaves it as it is', async () => {
    await latchkey(['vault', 'init', '--key-file', at('k')]);
    const key = fs.readFileSync(at('k'));
    const environment = { LATCHKEY_VAULT_KEY_FILE: at('k') };
    expect((await latchkey(['vault', 'init', '--vault-file', at('two')], { environment })).exit).toBe(0);
    expect(fs.readFileSync(at('k'))).toEqual(key);
    expect((await latchkey(['vault', 'verify', '--vault-file', at('two')], { environment })).exit).toBe(0);
  });
});

describe('a passphrase', () => {
  it('is asked for twice, opens the vault, and no other does', async () => {
    const answers = ['correct horse', 'correct horse'];
    const { said } = await latchkey(['vault', 'init', '--passphrase'], { tty: true, answers });
    expect(said.slice(0, 2)).toEqual(['Passphrase of the new vault', 'Once more']);
    expect(everything().filter((name) => name.startsWith('config'))).toEqual([]);
    const verify = (answer: string) => latchkey(['vault', 'verify'], { tty: true, answers: [answer] });
    expect((await verify('correct horse')).exit).toBe(0);
    expect((await verify('correct house')).exit).toBe(7);
    expect((await latchkey(['vault', 'info', '--query', 'Key'])).stdout).toBe('"passphrase"\n');
  });

  it('comes from its file without asking', async () => {
    fs.writeFileSync(at('pass'), 'correct horse\n');
    const environment = { LATCHKEY_VAULT_PASSPHRASE_FILE: at('pass') };
    expect((await latchkey(['vault', 'init', '--passphrase'], { tty: true, environment })).exit).toBe(0);
    expect((await latchkey(['vault', 'verify'], { tty: true, answers: ['correct horse'] })).exit).toBe(0);
  });

  it.each([
    ['two different ones', ['one', 'two'], 2],
    ['an empty one', ['', ''], 2],
    ['Ctrl-C at the first', [], 130],
    ['Ctrl-C at the second', ['one'], 130],
  ])('%s: nothing is made', async (_, answers, exit) => {
    expect((await latchkey(['vault', 'init', '--passphrase'], { tty: true, answers })).exit).toBe(exit);
    expect(everything()).toEqual([]);
  });

  it('in an empty file: nothing is made', async () => {
    fs.writeFileSync(at('pass'), '\n');
    const environment = { LATCHKEY_VAULT_PASSPHRASE_FILE: at('pass') };
    expect((await latchkey(['vault', 'init', '--passphrase'], { environment })).exit).toBe(2);
    expect(everything()).toEqual(['pass']);
  });
});

describe('nothing half-made is left', () => {
  it('when the key cannot be kept', async () => {
    const { exit, said } = await latchkey(['vault', 'init', '--key-file', '/dev/null/key']);
    expect({ exit, said }).toMatchObject({
      exit: 4,
      said: [expect.stringContaining('"/dev/null" cannot be made'), expect.anything()],
    });
    expect(everything()).toEqual([]);
  });

  it('when the vault cannot be made', async () => {
    fs.symlinkSync(at('nowhere'), at('v'));
    expect((await latchkey(['vault', 'init', '--vault-file', at('v')])).exit).toBe(5);
    expect(everything()).toEqual(['v']);
  });

  it('and what was there already stays', async () => {
    fs.mkdirSync(at('data'));
    await latchkey(['vault', 'init', '--key-file', '/dev/null/key']);
    expect(everything()).toEqual(['data']);
  });

  it.skipIf(process.platform === 'win32')('in a folder that may not be written to', async () => {
    fs.mkdirSync(at('closed'), { mode: 0o555 });
    const { exit, said } = await asNobody(() => latchkey(['vault', 'init', '--vault-file', at('closed/deep/v')]));
    expect(exit).toBe(4);
    expect(said[0]).toBe(`latchkey: error: "${at('closed/deep')}" cannot be made: you may not`);
    expect(everything()).toEqual(['closed']);
  });
});

/** Root may write everywhere, so it asks as a user who may not. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid!() !== 0) return work();
  fs.chownSync(place.place, 65_534, 65_534);
  process.seteuid!(65_534);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
