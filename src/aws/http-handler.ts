import fs from 'node:fs';
import type http from 'node:http';
import type { Socket } from 'node:net';
import { UserError } from '../errors.ts';
import { type Proxies, proxyFor } from './proxy.ts';

/** A request as the SDK hands it over, signed. */
interface SignedRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  /** Whole: no answer of these services is longer than a page. */
  readonly body: Uint8Array;
}

export interface HttpHandler {
  handle(request: SignedRequest): Promise<{ response: Answer }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

const connectTimeout = 5000;
const answerTimeout = 60_000;

/** The SDK's way out to the network, over node:http alone: proxies and CA bundles are honoured, which its own does not. */
export function httpHandler(proxies: Proxies, caBundle?: string): HttpHandler {
  const agents = new Map<string, http.Agent>();
  let closed = false;

  function agentFor(url: URL, proxy: URL | undefined): http.Agent {
    const kept = agents.get(url.origin);
    if (kept) return kept;
    const agent = url.protocol === 'https:' ? secureAgent(url, proxy, caBundle) : new (loadHttp().Agent)(keptAlive);
    agents.set(url.origin, agent);
    return agent;
  }

  return {
    async handle(request) {
      // Whoever has stopped waiting must not keep the process alive with further attempts.
      if (closed) throw Object.assign(new Error('the client is closed'), { code: 'ECLOSED' });
      const url = urlOf(request);
      const proxy = proxyFor(url, proxies);
      return { response: await exchange(url, request, agentFor(url, proxy), proxy) };
    },
    destroy() {
      closed = true;
      for (const agent of agents.values()) agent.destroy();
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/** Only SSO puts anything into the query. */
function urlOf({ protocol, hostname, port, path, query }: SignedRequest): URL {
  const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}${path}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, value);
  return url;
}

const loadHttp = (): typeof http => process.getBuiltinModule('node:http');
const loadHttps = () => process.getBuiltinModule('node:https');

const keptAlive = { keepAlive: true };

function secureAgent(url: URL, proxy: URL | undefined, caBundle: string | undefined): http.Agent {
  const agent = new (loadHttps().Agent)({ ...keptAlive, ca: caBundle ? withRoots(caBundle) : undefined });
  if (proxy) tunnelThrough(agent, proxy, url);
  return agent;
}

/** A CA bundle adds to Node's own roots. */
function withRoots(file: string): string[] {
  try {
    return [...process.getBuiltinModule('node:tls').rootCertificates, fs.readFileSync(file, 'utf8')];
  } catch (error) {
    throw new UserError('usage', `the CA bundle "${file}" cannot be read`, {
      hints: ['see AWS_CA_BUNDLE'],
      cause: error,
    });
  }
}

function exchange(url: URL, asked: SignedRequest, agent: http.Agent, proxy: URL | undefined): Promise<Answer> {
  const { request } = url.protocol === 'https:' ? loadHttps() : loadHttp();
  return new Promise((resolve, reject) => {
    const sent = request({ ...destinationOf(url, asked, proxy), method: asked.method, agent }, (response) => {
      const parts: Uint8Array[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, headers } = response;
        resolve({ statusCode, headers: headers as Record<string, string>, body: Buffer.concat(parts) });
      });
    });
    giveUpAfter(connectTimeout, sent);
    sent.setTimeout(answerTimeout, () => sent.destroy(timedOut('did not answer')));
    sent.on('error', reject);
    sent.end(asked.body);
  });
}

/** Without TLS a proxy is sent the whole URL; with TLS the agent has made a tunnel, and nothing here changes. */
function destinationOf(url: URL, { headers }: SignedRequest, proxy: URL | undefined): http.RequestOptions {
  if (!proxy || url.protocol === 'https:') {
    return { hostname: bare(url.hostname), port: url.port, path: url.pathname + url.search, headers };
  }
  const path = url.href;
  return {
    hostname: bare(proxy.hostname),
    port: proxy.port || 80,
    path,
    headers: { ...headers, ...authorization(proxy) },
  };
}

/** `[::1]` is how a URL writes it, `::1` how a socket wants it. */
const bare = (hostname: string) => hostname.replace(/^\[(.*)\]$/, '$1');

/** A connection that is not there in time will not come; one from the agent's pool is there at once. */
function giveUpAfter(milliseconds: number, sent: http.ClientRequest): void {
  const timer = setTimeout(() => sent.destroy(timedOut('could not be connected to')), milliseconds);
  sent.on('close', () => clearTimeout(timer));
  sent.on('socket', (socket) => {
    if (!socket.connecting) clearTimeout(timer);
    else socket.once('connect', () => clearTimeout(timer));
  });
}

const timedOut = (what: string) => Object.assign(new Error(`the endpoint ${what} in time`), { code: 'ETIMEDOUT' });

/** Lets the agent's TLS connections run through a CONNECT tunnel of the proxy (RFC 9110, section 9.3.6). */
function tunnelThrough(agent: http.Agent, proxy: URL, { hostname, port }: URL): void {
  const tls = process.getBuiltinModule('node:tls');
  const target = `${hostname}:${port || 443}`;
  const connect = (options: object, done: (error: Error | null, socket?: Socket) => void) => {
    const ask = proxy.protocol === 'https:' ? loadHttps().request : loadHttp().request;
    const headers = { host: target, ...authorization(proxy) };
    const sent = ask({
      hostname: bare(proxy.hostname),
      port: proxy.port || 80,
      method: 'CONNECT',
      path: target,
      headers,
      agent: false,
    });
    giveUpAfter(connectTimeout, sent);
    sent.on('error', (error) => done(error));
    sent.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return done(null, tls.connect({ ...options, socket, servername: hostname }));
      socket.destroy();
      done(Object.assign(new Error(`the proxy answered ${statusCode}`), { code: 'EPROXY' }));
    });
    sent.end();
  };
  Object.assign(agent, { createConnection: connect });
}

function authorization({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}
