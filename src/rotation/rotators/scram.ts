import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const iterations = 4096;

/**
 * What PostgreSQL stores in place of a password (RFC 5803): made here, it is all that the server, its statement log and
 * the network see. `SCRAM-SHA-256$4096:salt$StoredKey:ServerKey`, in base64.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(prepared(password), salt, iterations, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}

/** Servers before 14 may still be set to it, and Redshift knows this form too. */
export const md5Verifier = (password: string, username: string): string =>
  `md5${createHash('md5').update(password).update(username).digest('hex')}`;

const spaces = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
const nothing = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g;

/**
 * SASLprep (RFC 4013), as far as PostgreSQL's clients go with it. What it prohibits is left as it is, as the server
 * does. Plain ASCII is never changed.
 */
function prepared(password: string): string {
  if (/\p{Cc}/u.test(password)) return password;
  return password.replace(spaces, ' ').replace(nothing, '').normalize('NFKC');
}
