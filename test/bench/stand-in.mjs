// Parameter Store and Secrets Manager as far as bulk reads need them, out of memory, in a thread of its own: every answer
// comes after `delay` ms, and `throttled` of a hundred calls are refused. Run as a worker with those two and the counts.
import http from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { delay, throttled, count } = workerData;
const nameOf = (index) => `/bench/${String(index).padStart(5, '0')}`;
const indexes = Array.from({ length: count }, (_, index) => index);
const value = (name) => `value of ${name}`;

const parameterOf = (Name) => ({ Name, Value: value(Name), Type: 'SecureString', Version: 1 });
const secretOf = (Name) => ({
  ...{ ARN: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${Name}-AbCdEf`, Name, CreatedDate: 1 },
  ...{ SecretString: value(Name), VersionId: 'a'.repeat(32), VersionStages: ['AWSCURRENT'] },
});

/** A token is where the next page begins. */
function page(field, { NextToken = '0', MaxResults }, itemOf) {
  const [start, end] = [Number(NextToken), Number(NextToken) + MaxResults];
  const items = indexes.slice(start, end).map((index) => itemOf(nameOf(index)));
  return { [field]: items, NextToken: end < count ? String(end) : undefined };
}

const operations = {
  GetParametersByPath: (input) => page('Parameters', { MaxResults: 10, ...input }, parameterOf),
  DescribeParameters: (input) => page('Parameters', input, (Name) => ({ Name, Type: 'SecureString' })),
  GetParameters: ({ Names }) => ({ Parameters: Names.map(parameterOf), InvalidParameters: [] }),
  ListSecrets: (input) => page('SecretList', input, (Name) => ({ Name })),
  BatchGetSecretValue: ({ SecretIdList }) => ({ SecretValues: SecretIdList.map(secretOf), Errors: [] }),
  GetSecretValue: ({ SecretId }) => secretOf(SecretId),
};

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

http
  .createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    await wait(delay);
    const operation = request.headers['x-amz-target'].split('.')[1];
    const isThrottled = Math.random() * 100 < throttled;
    const answer = isThrottled ? { __type: 'ThrottlingException' } : operations[operation](JSON.parse(body));
    const text = JSON.stringify(answer);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'content-length': Buffer.byteLength(text) };
    response.writeHead(isThrottled ? 400 : 200, headers).end(text);
  })
  .listen(0, '127.0.0.1', function listening() {
    parentPort.postMessage(`http://127.0.0.1:${this.address().port}`);
  });
