import type { TlsOptions } from '../rotator.ts';

/** For a driver: `verify` checks the chain and the name, `require` only encrypts. Undefined is no TLS at all. */
export const tlsFor = ({ mode, ca }: TlsOptions) =>
  mode === 'disable' ? undefined : { rejectUnauthorized: mode === 'verify', ca };
