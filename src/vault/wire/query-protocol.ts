import { ApiError } from '../errors.ts';
import { fromWire, type Shape } from '../shape.ts';
import type { Protocol } from './protocol.ts';
import { queryOf, type WireRequest } from './request.ts';

/**
 * The query protocol of STS: parameters of a form or a URL in, XML out.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const queryProtocol: Protocol = {
  contentType: 'text/xml',
  read: parametersOf,
  decode: (shape, parameters: URLSearchParams) => fromWire(shape, fromParameters(shape, treeOf(parameters))),
  writeAnswer: ({ operation }, answer, requestId) =>
    element(
      `${operation}Response`,
      `${element(`${operation}Result`, members(answer))}${element('ResponseMetadata', element('RequestId', requestId))}`,
      namespace,
    ),
  writeError: (_route, { type, message, status }, requestId) =>
    element(
      'ErrorResponse',
      `${element('Error', members({ Type: status < 500 ? 'Sender' : 'Receiver', Code: type, Message: message }))}${element('RequestId', requestId)}`,
      namespace,
    ),
};

const namespace = ' xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

/** The parameters of a request, from its form, or from its URL where that is all there is. */
export function parametersOf(request: WireRequest): URLSearchParams {
  return new URLSearchParams(request.method === 'GET' ? queryOf(request) : utf8(request.body));
}

function utf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ApiError('MalformedInput');
  }
}

/** `Tags.member.1.Key=a` as a tree of names. */
interface Tree {
  readonly value?: string;
  readonly under: Map<string, Tree>;
}

/** Deeper than any input of these operations. */
const mostParts = 12;

function treeOf(parameters: URLSearchParams): Tree {
  const root: Tree = { under: new Map() };
  for (const [path, value] of parameters) {
    const parts = path.split('.', mostParts);
    let node = root;
    for (const [index, part] of parts.entries()) {
      const next: Tree = { under: new Map(), ...node.under.get(part), ...(index === parts.length - 1 && { value }) };
      node.under.set(part, next);
      node = next;
    }
  }
  return root;
}

/** The tree as JSON of the shape it is meant to have; what does not fit is left for the shape to refuse. */
function fromParameters(shape: Shape<unknown>, { value, under }: Tree): unknown {
  if (shape.kind === 'structure') {
    const entries = [...under].filter(([name]) => Object.hasOwn(shape.members!, name));
    return Object.fromEntries(entries.map(([name, tree]) => [name, fromParameters(shape.members![name]!, tree)]));
  }
  if (shape.kind === 'list') {
    const items = [...(under.get('member')?.under ?? [])].sort(([a], [b]) => Number(a) - Number(b));
    return items.map(([, tree]) => fromParameters(shape.member!, tree));
  }
  return scalar(shape, value);
}

function scalar({ kind }: Shape<unknown>, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (kind === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  return text;
}

const members = (value: object): string =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => element(name, contentOf(member)))
    .join('');

function contentOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z');
  if (Array.isArray(value)) return value.map((item) => element('member', contentOf(item))).join('');
  return typeof value === 'object' && value !== null ? members(value) : escaped(String(value));
}

const element = (name: string, content: string, attributes = '') => `<${name}${attributes}>${content}</${name}>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character]!);
