import net from 'node:net';

/** Sends exactly these bytes; resolves to all that comes back, until the other side closes or nothing more is to come. */
export function send(url: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
      const [, length = ''] = /\r\ncontent-length: (\d+)\r\n/i.exec(answer) ?? [];
      const end = answer.indexOf('\r\n\r\n') + 4;
      if (length !== '' && answer.length >= end + Number(length)) socket.destroy();
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
    socket.write(bytes);
  });
}

/** What came back, in three parts. */
export function partsOf(answer: string): { status: number; headers: string; body: string } {
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  return { status: Number(head.split(' ')[1]), headers: head.slice(head.indexOf('\r\n') + 2), body };
}

/** A request as bytes: headers given as null are left out, those given twice come twice. */
export function requestBytes(
  url: string,
  headers: Record<string, string | string[] | null>,
  body: string | Uint8Array,
) {
  const all: Record<string, string | string[] | null> = {
    host: new URL(url).host,
    'content-type': 'application/x-amz-json-1.1',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => `${name}: ${one}\r\n`),
  );
  return Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}
