import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rotator, TlsOptions } from '../../../src/rotation/rotator.ts';
import { databaseRotator } from '../../../src/rotation/rotators/database.ts';
import { type Authority, makeAuthority } from '../../helpers/authority.ts';
import type { Database } from '../../helpers/database.ts';
import { mariadbIsInstalled, startMariadb } from '../../helpers/mariadb.ts';
import { postgresIsInstalled, startPostgres } from '../../helpers/postgres.ts';
import { given, secretFor, versions } from '../../helpers/rotating.ts';

const servers = [
  {
    name: 'PostgreSQL',
    installed: postgresIsInstalled,
    start: startPostgres,
    user: "CREATE USER app PASSWORD 'the first password'",
    addresses: ['localhost', '127.0.0.1'],
  },
  {
    name: 'MariaDB',
    installed: mariadbIsInstalled,
    start: startMariadb,
    user: "CREATE USER app IDENTIFIED BY 'the first password' REQUIRE SSL",
    addresses: ['localhost'],
  },
];

for (const server of servers) {
  describe.skipIf(!server.installed)(`${server.name} that is reached by TLS`, () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-'));
    let authority: Authority;
    let database: Database;
    let rotator: Rotator;
    beforeAll(async () => {
      authority = makeAuthority(folder, 'DNS:localhost,IP:127.0.0.1');
      database = await server.start({ tls: authority });
      await database.query(server.user);
      rotator = await databaseRotator(secretFor(database, 'app', 'x'));
    }, 60_000);
    afterAll(async () => {
      await database?.stop();
      fs.rmSync(folder, { recursive: true });
    });

    const secretAt = (host: string) =>
      JSON.stringify({ ...JSON.parse(secretFor(database, 'app', 'the first password')), host });
    const logIn = (tls: TlsOptions, host = 'localhost') =>
      rotator.test({ id: 'current', value: secretAt(host) }, given({}, tls));

    it.each(server.addresses)('trusts an authority that is named, at %s', (host) =>
      logIn({ mode: 'verify', ca: authority.ca }, host),
    );

    it('trusts nobody else', () =>
      expect(logIn({ mode: 'verify' })).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching(/^the certificate of localhost:\d+ is not trusted \(.+\)$/),
        hints: expect.arrayContaining(['name the authority that signed it: --ca FILE']),
      }));

    it('encrypts and no more where that is asked for', () => logIn({ mode: 'require' }));

    it('is let in without TLS by no server that requires it', () =>
      expect(logIn({ mode: 'disable' })).rejects.toMatchObject({ code: 'denied' }));

    it('refuses a certificate for another name', async () => {
      const other = makeAuthority(fs.mkdtempSync(path.join(folder, 'other-')), 'DNS:db.example.com');
      const elsewhere = await server.start({ tls: other });
      try {
        const { port } = elsewhere;
        const value = JSON.stringify({ ...JSON.parse(secretAt('localhost')), port });
        await expect(
          rotator.test({ id: 'current', value }, given({}, { mode: 'verify', ca: other.ca })),
        ).rejects.toMatchObject({ code: 'unreachable', message: expect.stringMatching(/altname/i) });
      } finally {
        await elsewhere.stop();
      }
    });

    if (server.name === 'MariaDB') {
      it('is not checked by its address: the driver would take "localhost" for that', () =>
        expect(logIn({ mode: 'verify', ca: authority.ca }, '127.0.0.1')).rejects.toMatchObject({ code: 'usage' }));
    }

    it('changes a password', async () => {
      const around = given({}, { mode: 'verify', ca: authority.ca });
      const current = secretAt('localhost');
      const pending = (await rotator.create({ id: 'current', value: current }, around))!;
      await rotator.set(versions(current, pending), around);
      await rotator.test({ id: 'pending', value: pending }, around);
    });
  });

  describe.skipIf(!server.installed)(`${server.name} without TLS`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await server.start();
    }, 60_000);
    afterAll(() => database?.stop());

    it.each(['verify', 'require'] as const)('says so, and the way out, where TLS is to %s', async (mode) => {
      const { username, password } = database.admin;
      const value = JSON.stringify({ ...JSON.parse(secretFor(database, username, password)), host: 'localhost' });
      const rotator = await databaseRotator(value);
      await expect(rotator.test({ id: 'current', value }, given({}, { mode }))).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringMatching(/offers no TLS$/),
        hints: ['over a network that is trusted: --tls disable'],
      });
    });
  });
}
