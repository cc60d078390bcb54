import { generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '../../../errors.ts';
import { bits, explicit, implicit, integer, octets, oid, sequence, set, text, time, yes } from './der.ts';
import type { Template } from './template.ts';

const makePair = promisify(generateKeyPair);

/**
 * A P-256 key and a certificate for it that it signs itself, for `common_name` and the `names` (hosts and addresses,
 * divided by commas), for `days` (365).
 */
export const tls: Template = {
  needs: ['common_name'],
  build: async ({ common_name: commonName = '', names = commonName, days = '365', ...more }, now) => {
    const { publicKey, privateKey } = await makePair('ec', { namedCurve: 'P-256' });
    const end = new Date(now.getTime() + daysFrom(days) * 86_400_000);
    const hosts = names.split(',').map((name) => name.trim());
    return {
      common_name: commonName,
      certificate: certificate({ commonName, hosts, now, end, publicKey, privateKey }),
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      not_after: end.toISOString().replace(/\.\d+/, ''),
      ...more,
    };
  },
};

function daysFrom(days: string): number {
  if (/^\d{1,5}$/.test(days) && Number(days) >= 1) return Number(days);
  throw new UserError('usage', `expected as days 1 to 99999, got "${days}"`);
}

interface Certificate {
  commonName: string;
  hosts: string[];
  now: Date;
  end: Date;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/** A certificate of version 3, in PEM. RFC 5280, section 4.1. */
function certificate({ commonName, hosts, now, end, publicKey, privateKey }: Certificate): string {
  const name = sequence(set(sequence(oid('2.5.4.3'), text(checkedName(commonName)))));
  const serial = randomBytes(16);
  serial[0]! &= 0x7f;
  serial[0]! |= 0x40; // never begins with a zero byte
  const toBeSigned = sequence(
    ...[explicit(0, integer(Buffer.of(2))), integer(serial), ecdsaWithSha256],
    ...[name, sequence(time(now), time(end)), name],
    ...[publicKey.export({ type: 'spki', format: 'der' }), explicit(3, extensions(hosts))],
  );
  const signed = sequence(toBeSigned, ecdsaWithSha256, bits(sign('sha256', toBeSigned, privateKey)));
  const lines = signed.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** For a server or a client, and nothing that signs others. */
const extensions = (hosts: string[]) =>
  sequence(
    sequence(oid('2.5.29.17'), octets(sequence(...hosts.map(alternativeName)))),
    sequence(oid('2.5.29.19'), yes, octets(sequence())),
    sequence(oid('2.5.29.15'), yes, octets(bits(Buffer.of(0x80), 7))),
    sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2')))),
  );

function alternativeName(host: string): Buffer {
  if (isIP(host)) return implicit(7, addressBytes(host));
  const ascii = host.startsWith('*.') ? `*.${domainToASCII(host.slice(2))}` : domainToASCII(host);
  if (/^(\*\.)?[\w-]+(\.[\w-]+)*$/.test(ascii)) return implicit(2, Buffer.from(ascii));
  throw new UserError('usage', `expected as names hosts or addresses, divided by commas, got "${host}"`, {
    hints: ['where the common name is no host: --field names=app.example.com'],
  });
}

/** Four bytes or sixteen. The URL parser writes every IPv6 address in hexadecimal. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (half = '') => (half === '' ? [] : half.split(':'));
  const [before, behind] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - behind.length }, () => '0');
  return Buffer.from([...before, ...zeros, ...behind].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** RFC 5280 allows 64 characters. */
function checkedName(name: string): string {
  if (name.length <= 64) return name;
  throw new UserError('usage', `a common name has at most 64 characters, got ${name.length}`, {
    hints: ['a longer one goes into --field names=...'],
  });
}
