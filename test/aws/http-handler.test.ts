import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpHandler } from '../../src/aws/http-handler.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function serve(answer: http.RequestListener): Promise<{ server: http.Server; port: number }> {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => server.closeAllConnections() }, server);
  return { server, port: (server.address() as AddressInfo).port };
}

const request = (port: number, hostname = '127.0.0.1', protocol = 'http:') => ({
  ...{ method: 'POST', protocol, hostname, port, path: '/' },
  ...{ headers: { 'x-one': '1' }, body: 'question' },
});

function handlerOf(...given: Parameters<typeof httpHandler>) {
  const handler = httpHandler(...given);
  opened.push({ close: () => handler.destroy() });
  return handler;
}

describe('httpHandler', () => {
  it('sends method, path, headers and body, and brings the whole answer back', async () => {
    const { port } = await serve(async (asked, response) => {
      const body = (await asked.toArray()).join('');
      response.writeHead(418, { 'x-two': '2' }).end(`${asked.method} ${asked.url} ${asked.headers['x-one']} ${body}`);
    });
    const { response } = await handlerOf({}).handle(request(port));
    expect(response.statusCode).toBe(418);
    expect(response.headers['x-two']).toBe('2');
    expect(Buffer.from(response.body).toString()).toBe('POST / 1 question');
  });

  it('sends the query that SSO asks with', async () => {
    const { port } = await serve((asked, response) => response.end(asked.url));
    const { response } = await handlerOf({}).handle({
      ...request(port),
      query: { role_name: 'a b&c', account_id: '1' },
    });
    expect(Buffer.from(response.body).toString()).toBe('/?role_name=a+b%26c&account_id=1');
  });

  it('fails with the code of the socket where nobody answers', async () => {
    const { server, port } = await serve(() => {});
    await new Promise((resolve) => server.close(resolve));
    await expect(handlerOf({}).handle(request(port))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('sends nothing more once it is closed, so that no attempt outlives the command', async () => {
    const { port } = await serve((_, response) => response.end());
    const handler = handlerOf({});
    handler.destroy();
    await expect(handler.handle(request(port))).rejects.toMatchObject({ code: 'ECLOSED' });
  });

  it('sends a plain request to its proxy whole, with the credentials of the proxy', async () => {
    const { port } = await serve((asked, response) => {
      response.end(`${asked.url} ${asked.headers['proxy-authorization']}`);
    });
    const handler = handlerOf({ http: `http://me:secret@127.0.0.1:${port}` });
    const { response } = await handler.handle(request(80, 'service.test'));
    const basic = Buffer.from('me:secret').toString('base64');
    expect(Buffer.from(response.body).toString()).toBe(`http://service.test/ Basic ${basic}`);
  });

  it('asks a proxy for a tunnel before TLS, and says what the proxy answered', async () => {
    const asked: string[] = [];
    const { server, port } = await serve(() => {});
    server.on('connect', (connect: http.IncomingMessage, socket) => {
      asked.push(`${connect.method} ${connect.url}`);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    const handler = handlerOf({ https: `http://127.0.0.1:${port}` });
    await expect(handler.handle(request(443, 'service.test', 'https:'))).rejects.toMatchObject({ code: 'EPROXY' });
    expect(asked).toEqual(['CONNECT service.test:443']);
  });

  it('says which CA bundle cannot be read', async () => {
    const handler = handlerOf({}, '/nowhere/ca.pem');
    await expect(handler.handle(request(443, 'service.test', 'https:'))).rejects.toThrow('"/nowhere/ca.pem"');
  });
});
