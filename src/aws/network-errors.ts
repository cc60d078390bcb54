import { UserError } from '../errors.ts';

/** By the code of a socket's error: what happened. */
export const networkWords: Record<string, string> = {
  ECONNREFUSED: 'nobody answers',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host could not be looked up',
  ETIMEDOUT: 'no answer in time',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPROXY: 'the proxy refused',
};

const certificate = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

interface NetworkError extends Error {
  readonly code?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
  /** One for each address of a host that has several. */
  readonly errors?: readonly NetworkError[];
}

/** An endpoint that could not be reached; undefined for any other error. */
export function explainNetwork(error: NetworkError): UserError | undefined {
  const { code = '' } = error;
  const { hostname, address, port } = error.errors?.[0] ?? error;
  const where = hostname ?? (address && `${address}:${port}`) ?? 'the endpoint';
  if (certificate.test(code)) {
    return new UserError('unreachable', `the certificate of ${where} is not trusted (${code})`, {
      hints: ['behind a proxy that inspects TLS, name its certificates: AWS_CA_BUNDLE=FILE'],
      cause: error,
    });
  }
  const found = networkWords[code] ?? (/^(ERR_SSL|EPROTO)/.test(code) ? 'it does not speak TLS' : undefined);
  if (!found) return undefined;
  return new UserError('unreachable', `${where} could not be reached: ${found}`, {
    hints: ['see where commands go: "latchkey doctor"', 'without a network: "latchkey vault init", then --vault'],
    cause: error,
  });
}
