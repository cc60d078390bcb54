import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { tls } from '../../../../src/commands/secret/templates/tls.ts';

const now = new Date('2026-01-02T03:04:05.678Z');

interface Pair {
  common_name: string;
  certificate: string;
  private_key: string;
  not_after: string;
}

async function make(given: Record<string, string>) {
  const pair = (await tls.build(given, now)) as Pair;
  return { ...pair, read: new X509Certificate(pair.certificate) };
}

describe('a certificate', () => {
  it('is signed by its own key, and for nothing but itself', async () => {
    const { read, private_key } = await make({ common_name: 'app.example.com' });
    expect(read.checkPrivateKey(createPrivateKey(private_key))).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.ca).toBe(false);
    expect([read.subject, read.issuer]).toEqual(['CN=app.example.com', 'CN=app.example.com']);
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });

  it('is for the names and addresses that it is given', async () => {
    const names = 'app.example.com, *.example.com,10.0.0.255,::1,2001:db8::1:0:2,bücher.example';
    const { read } = await make({ common_name: 'The application', names });
    expect(read.subjectAltName?.split(', ')).toEqual([
      ...['DNS:app.example.com', 'DNS:*.example.com', 'IP Address:10.0.0.255', 'IP Address:0:0:0:0:0:0:0:1'],
      ...['IP Address:2001:DB8:0:0:0:1:0:2', 'DNS:xn--bcher-kva.example'],
    ]);
    expect(read.checkHost('a.example.com')).toBe('*.example.com');
    expect(read.checkHost('The application')).toBeUndefined();
    expect(read.checkIP('2001:db8:0::1:0:2')).toBeDefined();
  });

  it.each([
    ['1', '2026-01-03T03:04:05Z'],
    ['365', '2027-01-02T03:04:05Z'],
    ['8764', '2049-12-31T03:04:05Z'],
    ['8765', '2050-01-01T03:04:05Z'],
    ['99999', '2299-10-17T03:04:05Z'],
  ])('is valid for %s days, until %s', async (days, end) => {
    const { read, not_after } = await make({ common_name: 'a', days });
    expect([new Date(read.validFrom), new Date(read.validTo)]).toEqual([
      new Date('2026-01-02T03:04:05Z'),
      new Date(end),
    ]);
    expect(not_after).toBe(end);
  });

  it.each([1, 63, 64])('has a common name of %i characters', async (length) => {
    const { read } = await make({ common_name: 'ä'.repeat(length), names: 'a' });
    expect(read.subject).toBe(`CN=${'ä'.repeat(length)}`);
  });

  it('holds many names', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `host-${index}.example.com`);
    const { read } = await make({ common_name: 'a', names: names.join(',') });
    expect(read.subjectAltName?.split(', ')).toHaveLength(3000);
  });

  it('has another number each time', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 20 }, async () => (await make({ common_name: 'a' })).read.serialNumber),
    );
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.every((number) => number.length === 32)).toBe(true);
  });

  it('is trusted by who is given it, for its names alone', async () => {
    const { certificate, private_key } = await make({ common_name: 'app', names: 'localhost', days: '99999' });
    const server = createServer({ cert: certificate, key: private_key }, (socket) => socket.end());
    server.on('tlsClientError', () => {});
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const meet = async (servername: string) => {
      const socket = connect({ port, host: '127.0.0.1', servername, ca: certificate });
      await once(socket, 'secureConnect').finally(() => socket.destroy());
      return socket.authorized;
    };
    try {
      expect(await meet('localhost')).toBe(true);
      await expect(meet('app')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    } finally {
      server.close();
    }
  });
});

it.each([
  ['a common name of 65 characters', { common_name: 'a'.repeat(65), names: 'a' }],
  ['a name that is none', { common_name: 'a', names: 'a,,b' }],
  ['days that are none', { common_name: 'a', days: '1.5' }],
  ['too many days', { common_name: 'a', days: '100000' }],
])('refuses %s', async (_, given) => {
  await expect(make(given)).rejects.toMatchObject({ code: 'usage' });
});
