import { randomBytes } from 'node:crypto';
import { newId } from './unique-id.ts';

/** An access key with its secret half. */
export interface AccessKey {
  /** 20 characters: `AKIA...`, or `ASIA...` of a session. */
  readonly accessKeyId: string;
  /** 40 characters. */
  readonly secretAccessKey: string;
}

export const newAccessKey = (prefix: 'AKIA' | 'ASIA' = 'AKIA'): AccessKey => ({
  accessKeyId: newId(prefix),
  secretAccessKey: randomBytes(30).toString('base64'),
});
