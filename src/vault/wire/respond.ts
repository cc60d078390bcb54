import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { ApiError } from '../errors.ts';
import type { ServiceName, Vault } from '../vault.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { Protocol, Route } from './protocol.ts';
import type { WireAnswer, WireRequest } from './request.ts';
import { wayOf } from './route.ts';

/** Whose request it is, and for which Region. */
export interface Who {
  readonly caller: Caller;
  readonly region: string;
}

export interface Responder {
  readonly vault: Vault;
  /** Throws an `ApiError` for a request that nobody has the right to make. */
  authenticate(request: WireRequest, service: ServiceName): Who;
  /** Told of what was not the caller's mistake. */
  onFailure?(error: unknown): void;
}

/** Answers one request, always, and always in AWS's form. */
export async function respond(responder: Responder, request: WireRequest): Promise<WireAnswer> {
  const requestId = randomUUID();
  let way: { protocol: Protocol; route: Route } = { protocol: jsonProtocol, route: nowhere };
  const answer = (status: number, body: string): WireAnswer => ({
    status,
    headers: { 'content-type': way.protocol.contentType, 'x-amzn-requestid': requestId },
    body,
  });
  try {
    way = wayOf(request);
    const { protocol, route } = way;
    const { caller, region } = responder.authenticate(request, route.service);
    const input = protocol.read(request);
    const output = await responder.vault.handle({ ...route, caller, region, input, decode: protocol.decode });
    return answer(200, protocol.writeAnswer(route, output, requestId));
  } catch (thrown) {
    const error = thrown instanceof ApiError ? thrown : failure(way.route.service, thrown, responder);
    return answer(error.status, way.protocol.writeError(way.route, error, requestId));
  }
}

const nowhere: Route = { service: 'kms', operation: '' };

const failures: Record<ServiceName, string> = {
  secretsmanager: 'InternalServiceError',
  ssm: 'InternalServerError',
  kms: 'KMSInternalException',
  sts: 'InternalFailure',
};

/** The caller is told that it was not their mistake, and nothing of the vault's own affairs. */
function failure(service: ServiceName, thrown: unknown, { onFailure }: Responder): ApiError {
  onFailure?.(thrown);
  return new ApiError(failures[service], 'An error occurred on the server side.', 500);
}
