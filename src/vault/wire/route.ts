import { ApiError } from '../errors.ts';
import type { ServiceName } from '../vault.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { Protocol, Route } from './protocol.ts';
import { parametersOf, queryProtocol } from './query-protocol.ts';
import { mediaTypeOf, type WireRequest } from './request.ts';

/** What stands in front of the operation in `X-Amz-Target`. */
const targets: Readonly<Record<string, ServiceName>> = {
  secretsmanager: 'secretsmanager',
  AmazonSSM: 'ssm',
  TrentService: 'kms',
};

const jsonTypes = ['application/x-amz-json-1.1', 'application/x-amz-json-1.0', 'application/json'];

export interface Way {
  readonly protocol: Protocol;
  readonly route: Route;
}

/** Which operation of which service a request asks for, and how it writes. Throws where it names none. */
export function wayOf(request: WireRequest): Way {
  const target = request.headers.get('x-amz-target');
  if (target !== undefined || jsonTypes.includes(mediaTypeOf(request))) return jsonWay(request, target ?? '');
  return queryWay(request);
}

function jsonWay(request: WireRequest, target: string): Way {
  const [prefix = '', operation = '', ...more] = target.split('.');
  const known = Object.hasOwn(targets, prefix) && operation !== '' && more.length === 0;
  if (!known || request.method !== 'POST' || !jsonTypes.includes(mediaTypeOf(request))) {
    throw new ApiError('UnknownOperationException');
  }
  return { protocol: jsonProtocol, route: { service: targets[prefix]!, operation } };
}

const stsVersion = '2011-06-15';

function queryWay(request: WireRequest): Way {
  const isForm = request.method === 'POST' && mediaTypeOf(request) === 'application/x-www-form-urlencoded';
  if (!isForm && request.method !== 'GET') throw new ApiError('UnknownOperationException');
  const parameters = parametersOf(request);
  const [action, version] = [parameters.get('Action'), parameters.get('Version')];
  if (!action || version !== stsVersion) throw new ApiError('UnknownOperationException');
  return { protocol: queryProtocol, route: { service: 'sts', operation: action } };
}
