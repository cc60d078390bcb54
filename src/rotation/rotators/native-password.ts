import { createHash } from 'node:crypto';

const sha1 = (data: string | Uint8Array) => createHash('sha1').update(data).digest();

/** What MySQL and MariaDB store in place of a password, for the plugin `mysql_native_password`. */
export const nativePassword = (password: string): string => `*${sha1(sha1(password)).toString('hex').toUpperCase()}`;
