import { authenticateAnyone } from './serve/authenticate.ts';
import type { Vault } from './vault.ts';
import type { WireRequest } from './wire/request.ts';
import { respond } from './wire/respond.ts';

/** A request as the AWS SDK for JavaScript hands it to its request handler, signed. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Answers an SDK client's requests with no port in between; any credentials do, and the client's Region counts. */
export async function handleSdk(vault: Vault, request: SdkRequest): Promise<{ response: SdkAnswer }> {
  const loose = { account: vault.header.account, region: 'us-east-1' };
  const answer = await respond(
    { vault, authenticate: (wire) => authenticateAnyone(loose, wire), onFailure: rethrow },
    wireOf(request),
  );
  const { status: statusCode, headers, body } = answer;
  return { response: { statusCode, headers: { ...headers }, body: Buffer.from(body) } };
}

/** Whoever tests is better served by the failure itself than by a 500. */
function rethrow(failure: unknown): never {
  throw failure;
}

function wireOf({ method, path, query = {}, headers, body }: SdkRequest): WireRequest {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one): [string, string] => [name, one]),
  );
  const search = parameters.length > 0 ? `?${new URLSearchParams(parameters)}` : '';
  return {
    method,
    target: `${path}${search}`,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: bytesOf(body),
  };
}

function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body);
  return body instanceof Uint8Array ? body : new Uint8Array();
}
