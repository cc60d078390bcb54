import { ApiError } from '../errors.ts';
import { fromWire, toWire } from '../shape.ts';
import type { Protocol, Route } from './protocol.ts';

/**
 * The JSON protocol 1.1 of Secrets Manager, Parameter Store and KMS.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export const jsonProtocol: Protocol = {
  contentType: 'application/x-amz-json-1.1',
  read: ({ body }) => (body.length === 0 ? {} : parse(body)),
  decode: fromWire,
  writeAnswer: (_route, answer) => (Object.keys(answer).length === 0 ? '{}' : JSON.stringify(toWire(answer))),
  writeError(route, { type, message }) {
    return JSON.stringify({ __type: type, ...(message === '' ? {} : { [messageMember(route, type)]: message }) });
  },
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Neither the text nor where it broke is shown: it may hold a secret. */
function parse(body: Uint8Array): unknown {
  let input: unknown;
  try {
    input = JSON.parse(utf8.decode(body));
  } catch {
    throw new ApiError('SerializationException');
  }
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  throw new ApiError('SerializationException', 'Unexpected value type in payload');
}

/** Errors that come before a service looks, and those that no service's model names. */
const unmodeled = new Set(['ValidationException', 'ThrottlingException', 'UnrecognizedClientException']);
const upperCaseInSsm = new Set(['InvalidFilterValue', 'InvalidNextToken', 'TooManyUpdates', 'InternalServerError']);

/** What the message's member is called: the services' models do not agree. */
function messageMember({ service }: Route, type: string): string {
  if (type === 'SerializationException') return 'Message';
  if (service === 'secretsmanager') return unmodeled.has(type) ? 'message' : 'Message';
  return service === 'ssm' && upperCaseInSsm.has(type) ? 'Message' : 'message';
}
