import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verb } from '../../src/commands/export.ts';
import { contextOver, instead, memoryClients, refused } from '../helpers/memory-clients.ts';

let folder: string;
let clients: Awaited<ReturnType<typeof memoryClients>>;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-export-'));
  clients = await memoryClients();
  await clients.secretsManager.createSecret({ Name: 'prod/db', SecretString: '{"user":"app","password":"hunter2"}' });
  await clients.secretsManager.createSecret({ Name: 'prod/token', SecretString: 't0ken' });
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

type Options = Parameters<typeof verb.run>[2];

async function exported(references: string[], options: Options, over: object = clients, environment = {}) {
  const { context, terminal } = contextOver(over);
  const error = await verb.run({ ...context, environment }, references, options).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { error, said: terminal.said, stdout: terminal.stdout };
}

const full = () => {
  throw Object.assign(new Error('full'), { code: 'ENOSPC' });
};

describe('one denied secret among many', () => {
  const denied = { name: 'AccessDeniedException', service: 'secretsmanager', operation: 'GetSecretValue' };
  const denying = () => {
    const { secretsManager } = clients;
    return instead(secretsManager, {
      batchGetSecretValue: refused('AccessDeniedException'),
      getSecretValue: ((input: { SecretId: string }) =>
        input.SecretId === 'prod/token'
          ? Promise.reject(Object.assign(new Error('no'), { ...denied, input }))
          : secretsManager.getSecretValue(input)) as never,
    });
  };

  it('keeps all of them back, is named, and leaves no file', async () => {
    const out = path.join(folder, 'all.json');
    const { error, said } = await exported(['secret:prod/'], { out }, { secretsManager: denying() });
    expect(error).toMatchObject({ code: 'partial', hints: ['to export the others: --skip-failed'] });
    expect(said).toEqual([expect.stringContaining('prod/token')]);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('is left out where that is asked, and the exit code still says so', async () => {
    const options = { format: 'json', skipFailed: true } as const;
    const { error, said, stdout } = await exported(['secret:prod/'], options, { secretsManager: denying() });
    expect(error).toMatchObject({ code: 'partial', message: '1 of 2 values were left out' });
    expect(said).toHaveLength(1);
    expect(Object.keys(JSON.parse(stdout))).toEqual(['db']);
  });
});

describe('--out', () => {
  it('is for its owner alone, also where others could read the one before it', async () => {
    const out = path.join(folder, '.env');
    fs.writeFileSync(out, 'OLD=1\n', { mode: 0o644 });
    expect((await exported(['secret:prod/db'], { out })).error).toMatchObject({ code: 'conflict' });
    expect((await exported(['secret:prod/db'], { out, overwrite: true })).error).toBeUndefined();
    expect(fs.readFileSync(out, 'utf8')).toBe('USER=app\nPASSWORD=hunter2\n');
    if (process.platform !== 'win32') expect(fs.statSync(out).mode & 0o777).toBe(0o600);
  });

  it('on a full disk: the old file stays, nothing is left beside it', async () => {
    const out = path.join(folder, '.env');
    fs.writeFileSync(out, 'OLD=1\n');
    vi.spyOn(fs, 'fsyncSync').mockImplementation(full);
    const { error } = await exported(['secret:prod/db'], { out, overwrite: true });
    expect(error).toMatchObject({ code: 'denied', message: expect.stringContaining('there is no space left') });
    expect(fs.readFileSync(out, 'utf8')).toBe('OLD=1\n');
    expect(fs.readdirSync(folder)).toEqual(['.env']);
  });

  it('is looked at before anything is read', async () => {
    const out = path.join(folder, '.env');
    fs.symlinkSync('/dev/null', out);
    const { error } = await exported(['secret:prod/db'], { out, overwrite: true }, {});
    expect(error).toMatchObject({ code: 'conflict', message: `"${out}" is a link` });
  });
});

describe('$GITHUB_ENV', () => {
  const format = 'github';

  it('keeps what other steps wrote, even half a line of it', async () => {
    const file = path.join(folder, 'env');
    fs.writeFileSync(file, 'A=1');
    const { stdout } = await exported(['secret:prod/token'], { format }, clients, { GITHUB_ENV: file });
    expect(stdout).toBe('::add-mask::t0ken\n');
    expect(fs.readFileSync(file, 'utf8')).toMatch(/^A=1\nTOKEN<<(\S+)\nt0ken\n\1\n$/);
  });

  it('is as it was where the disk is full', async () => {
    const file = path.join(folder, 'env');
    fs.writeFileSync(file, 'A=1\n');
    vi.spyOn(fs, 'writeFileSync').mockImplementation((fd) => {
      fs.writeSync(fd as number, 'TOKEN<<half');
      return full();
    });
    const { error } = await exported(['secret:prod/token'], { format }, clients, { GITHUB_ENV: file });
    expect(error).toMatchObject({ code: 'denied', message: expect.stringContaining('there is no space left') });
    expect(fs.readFileSync(file, 'utf8')).toBe('A=1\n');
  });
});

it('what no format takes is said by its name, and shown nowhere', async () => {
  const SecretBinary = Buffer.from('\xff\xfehunter2', 'latin1');
  await clients.secretsManager.createSecret({ Name: 'prod/raw', SecretBinary });
  await clients.secretsManager.createSecret({ Name: 'prod/nul', SecretString: 'hunter2\0' });
  const { error, said } = await exported(['secret:prod/'], { format: 'dotenv' });
  expect(error).toMatchObject({ code: 'usage', message: '2 of 4 values cannot be exported, so none is' });
  expect(said).toEqual([
    'left out: "NUL" holds a NUL byte, which a .env file cannot take',
    'left out: "RAW" is binary, which a .env file cannot take',
  ]);
  const { stdout } = await exported(['secret:prod/raw'], { format: 'yaml' });
  expect(stdout).toBe('raw: !!binary "//5odW50ZXIy"\n');
});

it("says what is over GitLab's limits, and writes it", async () => {
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`key${index}`, 'x']));
  await clients.secretsManager.createSecret({ Name: 'many', SecretString: JSON.stringify(many) });
  const { error, said, stdout } = await exported(['secret:many'], { format: 'gitlab' });
  expect(error).toBeUndefined();
  expect(stdout.split('\n')).toHaveLength(22);
  expect(said).toEqual([
    'GitLab may refuse the report: it is 21 variables in 158 bytes, and by default it takes 20 in 5,120',
  ]);
});
