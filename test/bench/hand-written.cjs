// The practical limit: GetSecretValue signed by hand (Signature Version 4) in bare Node, no library.
const { createHash, createHmac } = require('node:crypto');
const http = require('node:http');

const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const url = new URL(AWS_ENDPOINT_URL);
const body = JSON.stringify({ SecretId: process.argv[2] });
const hash = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
const scope = [date.slice(0, 8), AWS_REGION, 'secretsmanager', 'aws4_request'];
const headers = {
  'content-type': 'application/x-amz-json-1.1',
  host: url.host,
  'x-amz-date': date,
  'x-amz-target': 'secretsmanager.GetSecretValue',
};
const names = Object.keys(headers).join(';');
const canonical = Object.entries(headers)
  .map(([name, value]) => `${name}:${value}\n`)
  .join('');
const request = ['POST', '/', '', canonical, names, hash(body)].join('\n');
const key = scope.reduce(hmac, `AWS4${AWS_SECRET_ACCESS_KEY}`);
const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope.join('/'), hash(request)].join('\n')).toString('hex');
headers.authorization = `AWS4-HMAC-SHA256 Credential=${AWS_ACCESS_KEY_ID}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`;

http
  .request(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part) => {
      text += part;
    });
    response.on('end', () => process.stdout.write(JSON.parse(text).SecretString));
  })
  .end(body);
