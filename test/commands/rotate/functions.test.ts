import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { functionsFile } from '../../../src/aws/places.ts';
import { readFunctionArn, readFunctions, standFor, writeFunctions } from '../../../src/commands/rotate/functions.ts';
import { makePlace } from '../../helpers/play.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:rotate';

let place: ReturnType<typeof makePlace>;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

test('what stands for a function is kept for its owner alone', () => {
  const { environment } = place;
  expect(readFunctions(environment)).toEqual({});
  writeFunctions(environment, { [arn]: { command: ['./rotate', 'a b'], folder: '/srv' } });
  expect(standFor(arn, environment)).toEqual({ command: ['./rotate', 'a b'], folder: '/srv' });
  if (process.platform === 'win32') return;
  expect(fs.statSync(functionsFile(environment)).mode & 0o777).toBe(0o600);
  expect(fs.statSync(path.dirname(functionsFile(environment))).mode & 0o777).toBe(0o700);
});

test('what nothing stands for', () => {
  expect(() => standFor('toString', place.environment)).toThrow('nothing on this machine stands for');
});

test.each(['', '[]', '{', '"x"', '{"a":1}', '{"a":{"command":"rm -rf /","folder":"/"}}', '{"a":{"command":["x"]}}'])(
  'a damaged file, %j, makes nothing run',
  (text) => {
    const file = functionsFile(place.environment);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    expect(() => readFunctions(place.environment)).toThrow('is not what latchkey wrote there');
  },
);

test.each([arn, `${arn}:live`, 'arn:aws-cn:lambda:cn-north-1:123456789012:function:a_b'])('%s is one', (text) => {
  expect(readFunctionArn(text)).toBe(text);
});

test.each(['rotate', `${arn} x`, 'arn:aws:lambda:eu-west-1:123:function:rotate', 'arn:aws:s3:::x'])(
  '"%s" is none',
  (text) => {
    expect(() => readFunctionArn(text)).toThrow('expected the ARN of a function');
  },
);
