import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
beforeEach(async () => {
  place = makePlace();
  await latchkey(['vault', 'init']);
  await latchkey(['secret', 'create', 'prod/db'], { stdin: 'first' });
});
afterEach(() => place.remove());

async function latchkey(argv: string[], given: { stdin?: string; tty?: boolean; PATH?: string } = {}) {
  const terminal = terminalForTests(given);
  const { PATH = process.env.PATH! } = given;
  const environment = { ...place.environment, LATCHKEY_VAULT: '1', PATH, LATCHKEY_VAULT_PASSPHRASE_FILE: '/no/such' };
  const exit = await run(argv, terminal, environment);
  return { exit, said: terminal.said, stdout: terminal.stdout, statuses: terminal.statuses };
}

/** A program of these lines, as an argument list. */
function program(name: string, ...lines: string[]): string[] {
  const file = path.join(place.place, `${name}.cjs`);
  fs.writeFileSync(file, ["const fs = require('node:fs');", ...lines].join('\n'));
  return [process.execPath, file];
}

/** One that a `#!` line starts, and that notes its arguments. */
function noting(name: string): string {
  const [node, script] = program(
    name,
    `fs.appendFileSync('${place.place}/noted', process.argv.slice(2).join(' ') + '\\n');`,
  );
  const file = path.join(place.place, name);
  fs.writeFileSync(file, `#!/bin/sh\nexec '${node}' '${script}' "$@"\n`, { mode: 0o700 });
  return file;
}
const noted = () => fs.readFileSync(path.join(place.place, 'noted'), 'utf8');

/** A service whose password is in a file, and the program that changes it there. */
function service(password: string): string[] {
  const file = path.join(place.place, 'password');
  fs.writeFileSync(file, password);
  return program(
    'service',
    `const file = ${JSON.stringify(file)};`,
    "const read = (fd) => fs.readFileSync(fd, 'utf8');",
    'const { Step } = JSON.parse(read(0));',
    "if (Step === 'createSecret') fs.writeSync(5, 'second');",
    "if (Step === 'setSecret') fs.writeFileSync(file, read(4));",
    "if (Step === 'testSecret') process.exit(read(4) === read(file) ? 0 : 1);",
  );
}

describe('a program does the steps', () => {
  it('rotates, and shows each step to somebody who looks', async () => {
    const { exit, said, stdout, statuses } = await latchkey(['rotate', 'now', 'prod/db', '--', ...service('first')], {
      tty: true,
    });
    const version = stdout.trim();
    const done = ['create: done', 'set: done', 'test: done', 'finish: done'];
    expect([exit, said]).toEqual([0, [...done, `secret "prod/db" is at version ${version} now`]]);
    expect(statuses).toContain('set ...');
    expect((await latchkey(['secret', 'get', 'prod/db'])).stdout).toBe('second');
    expect(fs.readFileSync(path.join(place.place, 'password'), 'utf8')).toBe('second');
  });

  it('tests: exit 1 where the value does not log in', async () => {
    const good = service('first');
    expect(await latchkey(['rotate', 'test', 'prod/db', '--', ...good])).toMatchObject({
      exit: 0,
      said: [],
      stdout: '',
    });
    expect(await latchkey(['rotate', 'test', 'prod/db', '--', ...service('other')])).toMatchObject({
      exit: 1,
      said: [expect.stringMatching(/^version [0-9a-f-]{36} of secret "prod\/db" does not log in: .* exit code 1$/)],
    });
    const none = await latchkey(['rotate', 'test', 'prod/db', '--stage', 'AWSPENDING', '--', ...good]);
    expect(none).toMatchObject({
      exit: 3,
      said: [expect.stringMatching(/no version with stage "AWSPENDING"/), expect.any(String)],
    });
  });

  it('that fails half-way: pending stays, status says so, recover finishes', async () => {
    const [node, file] = service('first');
    const lines = fs
      .readFileSync(file!, 'utf8')
      .replace('process.exit(read(4)', "process.exit(fs.existsSync(file + '.up') && read(4)");
    const half = program('half', ...lines.split('\n').slice(1));
    const { exit, said } = await latchkey(['rotate', 'now', 'prod/db', '--', ...half]);
    expect([exit, said.at(-1)]).toEqual([
      8,
      'latchkey: hint: finish it, or back out: "latchkey rotate recover prod/db"',
    ]);
    const status = await latchkey([
      'rotate',
      'status',
      '--query',
      '[].[State, PendingSince != null]',
      '--output',
      'text',
    ]);
    expect(status.stdout).toBe('running or cut off\ttrue\n');
    const recovered = await latchkey(['rotate', 'recover', 'prod/db', '--yes', '--', node!, file!]);
    expect(recovered).toMatchObject({ exit: 0, said: [] });
    expect((await latchkey(['secret', 'get', 'prod/db'])).stdout).toBe('second');
    expect((await latchkey(['rotate', 'status', 'prod/db', '--query', '[].State', '--output', 'text'])).stdout).toBe(
      'ok\n',
    );
  });

  it('goes back with the service', async () => {
    const command = service('first');
    await latchkey(['rotate', 'now', 'prod/db', '--', ...command]);
    expect(await latchkey(['rotate', 'rollback', 'prod/db', '--', ...command])).toMatchObject({ exit: 0 });
    expect((await latchkey(['secret', 'get', 'prod/db'])).stdout).toBe('first');
    expect(fs.readFileSync(path.join(place.place, 'password'), 'utf8')).toBe('first');
  });

  it('is not handed what opens the vault', async () => {
    const spy = program('spy', "fs.writeSync(5, Object.keys(process.env).join(' '));");
    await latchkey(['rotate', 'now', 'prod/db', '--', ...spy]);
    const { stdout } = await latchkey(['secret', 'get', 'prod/db']);
    expect(stdout).toContain('LATCHKEY_STEP');
    expect(stdout).not.toContain('PASSPHRASE_FILE');
  });
});

const posix = process.platform !== 'win32';
describe.skipIf(!posix)('those who use the secret (skipped on Windows: its programs need no #! line)', () => {
  const now = (...options: string[]) => ['rotate', 'now', 'prod/db', '--rotator', 'password', ...options];

  it('are told once it is done: the name and the version', async () => {
    const { exit, stdout } = await latchkey(now('--notify', noting('tell')));
    expect([exit, noted()]).toEqual([0, `prod/db ${stdout}`]);
  });

  it('are restarted by systemd', async () => {
    noting('systemctl');
    const { exit } = await latchkey(now('--restart', 'app.service'), { PATH: `${place.place}:${process.env.PATH}` });
    expect([exit, noted()]).toEqual([0, 'restart -- app.service\n']);
  });

  test.each([
    ['there is no such program', '/no/such', 'there is no command "/no/such"'],
    ['it fails', '/bin/false', '"/bin/false" ended with 1'],
  ])('exit 8 where %s: the secret is rotated all the same', async (_, program, reason) => {
    const { exit, said, stdout } = await latchkey(now('--notify', program));
    expect([exit, said[0]]).toEqual([8, `latchkey: error: secret "prod/db" is rotated, but ${reason}`]);
    expect(
      (
        await latchkey([
          'secret',
          'versions',
          'prod/db',
          '--query',
          "[?contains(VersionStages, 'AWSCURRENT')].VersionId",
          '--output',
          'text',
        ])
      ).stdout,
    ).toBe(stdout);
  });
});
