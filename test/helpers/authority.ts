import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Files of a private authority, and of a server's certificate that it has signed for some names. */
export interface Authority {
  /** PEM. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Made in `folder` by openssl; `names` as `DNS:localhost,IP:127.0.0.1`. */
export function makeAuthority(folder: string, names: string): Authority {
  const file = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=authority', '-days', '2');
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
  fs.writeFileSync(file('names'), `subjectAltName=${names}\n`);
  const signed = ['-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
  openssl('x509', '-req', ...signed, '-out', 'server.pem', '-days', '2');
  return { ca: fs.readFileSync(file('ca.pem'), 'utf8'), certificate: file('server.pem'), key: file('server.key') };
}
