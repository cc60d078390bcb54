import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandRotator } from '../../../src/rotation/rotators/command.ts';
import { rotate } from '../../../src/rotation/steps.ts';
import { givenForTests } from '../../helpers/fake-service.ts';
import { memoryClients } from '../../helpers/memory-clients.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A program of these lines, and what it has noted. */
function program(...lines: string[]) {
  const [file, notes] = [path.join(folder, 'program.cjs'), path.join(folder, 'notes')];
  const head = [
    "const fs = require('node:fs');",
    "const read = (fd) => fs.readFileSync(fd, 'utf8');",
    'const event = JSON.parse(read(0));',
    `const note = (what) => fs.appendFileSync(${JSON.stringify(notes)}, JSON.stringify(what) + '\\n');`,
  ];
  fs.writeFileSync(file, [...head, ...lines].join('\n'));
  const noted = () =>
    fs
      .readFileSync(notes, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { command: [process.execPath, file], noted };
}

const seesAll = [
  'const { argv, env } = process;',
  'const step = event.Step;',
  'note({ event, current: read(3), pending: read(4), seen: JSON.stringify([argv, env]) });',
  "if (step === 'createSecret') fs.writeSync(5, 'second');",
];

async function rotated(command: string[], environment: Record<string, string> = {}) {
  const { secretsManager: secrets } = await memoryClients();
  const { ARN, VersionId } = await secrets.createSecret({ Name: 'prod/db', SecretString: 'first' });
  const given = { ...givenForTests, secretId: ARN! };
  const done = await rotate(secrets, 'prod/db', commandRotator(command, environment), { given });
  const { SecretString } = await secrets.getSecretValue({ SecretId: 'prod/db' });
  return { done, SecretString, ARN, VersionId };
}

describe('the rotator of a program', () => {
  it('gives it the step, the reference and the values, and no value where others can see it', async () => {
    const { command, noted } = program(...seesAll);
    const { done, SecretString, ARN } = await rotated(command, { MINE: 'yes' });
    expect(SecretString).toBe('second');
    const event = (Step: string) => ({ SecretId: ARN, ClientRequestToken: done.version, Step });
    expect(noted().map(({ seen, ...rest }) => rest)).toEqual([
      { event: event('createSecret'), current: 'first', pending: '' },
      { event: event('setSecret'), current: 'first', pending: 'second' },
      { event: event('testSecret'), current: '', pending: 'second' },
      { event: event('finishSecret'), current: 'first', pending: 'second' },
    ]);
    for (const { seen } of noted()) {
      expect(seen).toContain('"MINE":"yes"');
      expect(seen).not.toMatch(/"(first|second)"/);
    }
  });

  it.each([
    [
      'it ends with another code than 0',
      ['process.exit(3);'],
      { code: 'partial', message: /createSecret: exit code 3$/ },
    ],
    ['it makes no value', [], { code: 'usage', message: 'the rotator "command" made no new value' }],
    ['it makes too large a value', ["fs.writeSync(5, 'x'.repeat(65537));"], { code: 'usage', message: /65,536 bytes/ }],
  ])('says so where %s', async (_, lines, error) => {
    await expect(rotated(program(...lines).command)).rejects.toMatchObject(error);
  });

  it('says that there is no such program', async () => {
    await expect(rotated([path.join(folder, 'none')])).rejects.toMatchObject({ code: 'no-command' });
  });

  it('may read nothing, though there is much to read', async () => {
    const { command } = program("if (event.Step === 'createSecret') fs.writeSync(5, 'y'.repeat(65536));");
    expect((await rotated(command)).SecretString).toBe('y'.repeat(65536));
  });
});
