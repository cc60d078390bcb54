import type { ApiError } from '../errors.ts';
import type { Shape } from '../shape.ts';
import type { ServiceName } from '../vault.ts';
import type { WireRequest } from './request.ts';

/** What a request asks for. */
export interface Route {
  readonly service: ServiceName;
  /** As AWS spells it: `GetSecretValue`; empty where the request names none. */
  readonly operation: string;
}

/** How requests and answers of some services are written. */
export interface Protocol {
  readonly contentType: string;
  /** The input, not yet looked at member by member. Throws SerializationException. */
  read(request: WireRequest): unknown;
  /** What `read` returned, as native values. Unknown members are dropped; a wrong type is refused. */
  decode(shape: Shape<unknown>, input: never): unknown;
  writeAnswer(route: Route, answer: object, requestId: string): string;
  writeError(route: Route, error: ApiError, requestId: string): string;
}
