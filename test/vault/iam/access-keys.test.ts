import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/vault/store/database.ts';
import { makePlace } from '../../helpers/play.ts';
import { account, openService } from '../service.ts';

let place: ReturnType<typeof makePlace>;
let file: string;
let service: Awaited<ReturnType<typeof openService>>;
beforeEach(async () => {
  place = makePlace();
  file = `${place.place}/vault.db`;
  service = await openService(file);
});
afterEach(() => {
  service.vault.close();
  place.remove();
});

const keys = () => service.vault.accessKeys;
const find = (id: string) => {
  const found = keys().find(id, undefined, service.now());
  return found === 'expired' ? undefined : found;
};

/** What somebody else does to the file. */
function tamper(sql: string): void {
  const database = openDatabase(file);
  database.exec(sql);
  database.close();
}

/** A vault believes what it read of its keys for a second, unless it changes them itself. */
const readAgain = () => keys().delete(keys().create({}).accessKeyId);

test('ids and secrets have the form of AWS, and no two are the same', () => {
  const made = Array.from({ length: 50 }, () => keys().create({}));
  for (const { accessKeyId, secretAccessKey } of made) {
    expect(accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  }
  expect(new Set(made.flatMap((key) => Object.values(key))).size).toBe(100);
});

test('a user has one id, in each account another', () => {
  const userIdOf = (whose: { user: string; account?: string }) => find(keys().create(whose).accessKeyId)!.caller.userId;
  expect(userIdOf({ user: 'ci' })).toBe(userIdOf({ user: 'ci' }));
  expect(userIdOf({ user: 'ci' })).not.toBe(userIdOf({ user: 'ci2' }));
  expect(userIdOf({ user: 'ci' })).not.toBe(userIdOf({ user: 'ci', account: '210987654321' }));
});

test('the file holds no secret half, sealed or not of anyone else', () => {
  const { accessKeyId, secretAccessKey } = keys().create({ user: 'ci' });
  const bytes = fs.readFileSync(file);
  expect(bytes.includes(accessKeyId)).toBe(true);
  const digest = createHash('sha256').update(secretAccessKey).digest();
  for (const trace of [secretAccessKey, Buffer.from(secretAccessKey, 'base64'), digest]) {
    expect(bytes.includes(trace as Buffer)).toBe(false);
  }
});

test('the day of the last use, only when a signature proved right, and the newest', () => {
  const { accessKeyId } = keys().create({});
  const used = () => keys().list()[0]?.LastUsedDate?.toISOString();
  find(accessKeyId);
  expect(used()).toBeUndefined();
  find(accessKeyId)!.noteUse!();
  expect(used()).toBe('2026-03-01T00:00:00.000Z');
  service.wait(24 * 60 * 60 * 1000);
  find(accessKeyId)!.noteUse!();
  expect(used()).toBe('2026-03-02T00:00:00.000Z');
});

test.each([
  "UPDATE access_keys SET user_name = NULL WHERE user_name = 'ci'",
  "UPDATE access_keys SET user_name = 'admin' WHERE user_name = 'ci'",
  "UPDATE access_keys SET account = '210987654321' WHERE user_name = 'ci'",
  "UPDATE access_keys SET secret = (SELECT secret FROM access_keys WHERE user_name = 'other') WHERE user_name = 'ci'",
  "UPDATE access_keys SET secret = x'00' WHERE user_name = 'ci'",
])('nobody becomes somebody else, and the other keys stay good, after %s', async (sql) => {
  const ci = keys().create({ user: 'ci' }).accessKeyId;
  const other = keys().create({ user: 'other' });
  tamper(sql);
  readAgain();
  expect(find(ci)).toBeUndefined();
  expect(find(other.accessKeyId)).toMatchObject({ secret: other.secretAccessKey });
  expect(await service.vault.verify()).toEqual([`access key "${ci}" does not open`]);
});

test('a key is off until it is turned on, and its sessions with it', async () => {
  const { accessKeyId } = keys().create({ user: 'ci' });
  const { caller } = find(accessKeyId)!;
  const request = { service: 'sts', operation: 'GetSessionToken', region: 'eu-west-1', input: {}, caller } as const;
  const { Credentials } = (await service.vault.handle(request)) as { Credentials: Record<string, string> };
  const session = () => keys().find(Credentials.AccessKeyId!, Credentials.SessionToken, service.now());
  expect(session()).toMatchObject({
    caller: { account, principal: `arn:aws:iam::${account}:user/ci`, userId: caller.userId, isSession: true },
  });
  expect(keys().setStatus(accessKeyId, 'Inactive')).toBe(true);
  expect([find(accessKeyId), session()]).toEqual([undefined, undefined]);
  keys().setStatus(accessKeyId, 'Active');
  expect([find(accessKeyId), session()]).toEqual([expect.anything(), expect.anything()]);
  expect(keys().delete(accessKeyId)).toBe(true);
  expect([find(accessKeyId), session()]).toEqual([undefined, undefined]);
  expect([keys().delete(accessKeyId), keys().setStatus(accessKeyId, 'Active')]).toEqual([false, false]);
});

test('the tokens of another vault, and of this one with other keys, open nothing', async () => {
  const elsewhere = await openService();
  const { Credentials } = await elsewhere.sts.getSessionToken({});
  const { AccessKeyId, SessionToken } = Credentials as unknown as Record<string, string>;
  expect(keys().find(AccessKeyId!, SessionToken, service.now())).toBeUndefined();
  expect(keys().find(keys().create({}).accessKeyId, SessionToken, service.now())).toBeUndefined();
});

test('forgetting all leaves the keys', () => {
  const { accessKeyId } = keys().create({});
  service.vault.forget();
  expect(find(accessKeyId)).toBeDefined();
});
