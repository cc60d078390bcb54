import { expect, it } from 'vitest';
import type { Hole } from '../../../src/commands/render/hole.ts';
import { scanEcs } from '../../../src/commands/render/scan-ecs.ts';
import { formatReference } from '../../../src/reference/reference.ts';

const rendered = (json: string, value: string | Uint8Array = 'v"') => {
  const { holes, problems } = scanEcs(json);
  expect(problems).toEqual([]);
  return (holes as Hole[])
    .toReversed()
    .reduce((text, { start, end, fill }) => text.slice(0, start) + fill(value) + text.slice(end), json);
};
const named = (valueFrom: string) =>
  scanEcs(JSON.stringify({ name: 'A', valueFrom })).holes.map((hole) => formatReference((hole as Hole).reference));

it.each([
  ['{"name":"A","valueFrom":"/a"}', '{"name":"A","value":"v\\""}'],
  ['[{ "valueFrom" :\n "/a" , "name": "A" }]', '[{ "value" :\n "v\\"" , "name": "A" }]'],
  [
    '{"secrets":[{"name":"A","valueFrom":"/a"}],"logConfiguration":{"secretOptions":[{"name":"B","valueFrom":"/b"}]}}',
    '{"secrets":[{"name":"A","value":"v\\""}],"logConfiguration":{"secretOptions":[{"name":"B","value":"v\\""}]}}',
  ],
  [
    '{"n":1.0,"valueFrom":"/other","x":[{"name":"A","value\\u0046rom":"/a"}]}',
    '{"n":1.0,"valueFrom":"/other","x":[{"name":"A","value":"v\\""}]}',
  ],
])('%s', (json, expected) => {
  expect(rendered(json)).toBe(expected);
});

it.each([
  ['url', 'param:url'],
  ['/prod/url', 'param:/prod/url'],
  [
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf:pass/word::',
    'region=eu-west-1:secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf#pass~1word',
  ],
  ['secret:prod/db#key', 'secret:prod/db#key'],
])('valueFrom %s names %s', (valueFrom, reference) => {
  expect(named(valueFrom)).toEqual([reference]);
});

it('says where one is wrong', () => {
  expect(scanEcs('[{"name":"A","valueFrom":"a b"}]').problems).toEqual([
    { at: 25, message: 'expected a name of letters, digits and "/_.-", got "a b"' },
  ]);
  expect(scanEcs('[{"name":"A","valueFrom":"key:a"}]').problems[0]!.message).toBe(
    'expected a secret or a parameter, got "key:a"',
  );
});

it('binary has no place in it', () => {
  expect(() => rendered('{"name":"A","valueFrom":"/a"}', Buffer.from([0xff]))).toThrow('the value is binary');
});

it.each(['', 'a', '{', '{"valueFrom":"/a"}', '[{"name":"A","valueFrom":1}]'])('%j is none', (json) => {
  expect(() => scanEcs(json)).toThrow(expect.objectContaining({ code: 'usage' }));
});
