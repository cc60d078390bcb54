// Signed requests, made before they are timed, and raw sockets to send them through: the client costs as little as it can.
import { createHash, createHmac } from 'node:crypto';
import net from 'node:net';

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();
const targets = { secretsmanager: 'secretsmanager', ssm: 'AmazonSSM', kms: 'TrentService' };

/** The bytes of one request, signed for `door`: `{ url, accessKeyId, secretAccessKey }`. */
export function request(door, service, operation, input) {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const body = JSON.stringify(input);
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    host: new URL(door.url).host,
    'x-amz-date': time,
    'x-amz-target': `${targets[service]}.${operation}`,
  };
  const names = Object.keys(headers);
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = ['POST', '/', '', lines, names.join(';'), sha256(body)].join('\n');
  const scope = [time.slice(0, 8), 'us-east-1', service, 'aws4_request'];
  const key = scope.reduce(hmac, `AWS4${door.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n')).toString(
    'hex',
  );
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${door.accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST / HTTP/1.1\r\n${head.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** Sends all requests over so many connections at once; resolves to the answers' bodies and the seconds it took. */
export async function send(url, requests, connections) {
  const { hostname, port } = new URL(url);
  const bodies = new Array(requests.length);
  let next = 0;

  const connection = () =>
    new Promise((resolve, reject) => {
      const socket = net.connect(port, hostname).setNoDelay(true).setEncoding('latin1');
      let [got, index] = ['', 0];
      const ask = () => {
        if (next >= requests.length) return void socket.end(resolve);
        index = next++;
        socket.write(requests[index]);
      };
      socket.on('connect', ask).on('error', reject);
      socket.on('data', (data) => {
        got += data;
        const end = got.indexOf('\r\n\r\n') + 4;
        const head = got.slice(0, end);
        if (end < 4 || got.length < end + Number(/content-length: (\d+)/i.exec(head)[1])) return;
        bodies[index] = got.slice(end);
        if (!head.startsWith('HTTP/1.1 200')) return reject(new Error(got));
        got = '';
        // Some servers close after each answer: then the next request goes over a new connection.
        if (!/\r\nconnection: close/i.test(head)) return ask();
        socket.destroy();
        if (next < requests.length) connection().then(resolve, reject);
        else resolve();
      });
    });

  const start = performance.now();
  await Promise.all(Array.from({ length: Math.min(connections, requests.length) }, connection));
  return { bodies, seconds: (performance.now() - start) / 1000 };
}
