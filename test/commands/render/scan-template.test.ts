import { describe, expect, it } from 'vitest';
import type { Hole } from '../../../src/commands/render/hole.ts';
import { scanTemplate } from '../../../src/commands/render/scan-template.ts';
import { formatReference } from '../../../src/reference/reference.ts';

const found = (text: string, options = {}) =>
  scanTemplate(text, options).holes.map((hole) =>
    'text' in hole ? { text: hole.text } : formatReference(hole.reference),
  );
const wrong = (text: string, options = {}) => scanTemplate(text, options).problems;

it.each([
  ['{{secret:a#b}}', 'secret:a#b'],
  ['{{   param:/a:3   }}', 'param:/a:3'],
  ['{{\tsecret:a:AWSPREVIOUS#b/c | json}}', 'secret:a:AWSPREVIOUS#b/c'],
  ['{{ vault:region=eu-west-1:secret:a }}', 'vault:region=eu-west-1:secret:a'],
  [
    '{{ arn:aws:ssm:eu-west-1:123456789012:parameter/a }}',
    'region=eu-west-1:param:arn:aws:ssm:eu-west-1:123456789012:parameter/a',
  ],
  ['{{resolve:ssm:a:2}}', 'param:a:2'],
  ['{{ resolve:ssm-secure:/a }}', 'param:/a'],
  ['{{resolve:secretsmanager:a:SecretString:k:STAGE}}', 'secret:a:STAGE#k'],
  ['{{ssm:/a}}', 'param:/a'],
  ['{{ ssm-secure:/a:1 }}', 'param:/a:1'],
  ['{{{secret:a}}}', 'secret:a'],
])('%s names %s', (text, reference) => {
  expect([found(text), wrong(text)]).toEqual([[reference], []]);
});

it.each([
  ['{{ "{{" }}', '{{'],
  ['{{"a \\"b\\" }} \\u00e9"}}', 'a "b" }} é'],
  ['{{ "" }}', ''],
])('%s is %j', (text, printed) => {
  expect([found(text), wrong(text)]).toEqual([[{ text: printed }], []]);
});

it.each(['', 'a } b { c }} d', '{ {secret:a} }', '{"a":{"b":{}}}'])('%j holds nothing', (text) => {
  expect(scanTemplate(text)).toEqual({ holes: [], problems: [] });
});

describe('what is wrong', () => {
  it.each([
    ['a {{', 2, 'expected "}}" on the same line behind "{{"'],
    ['{{ secret:a\n}}', 0, 'expected "}}" on the same line behind "{{"'],
    ['{{ secret:a {{ secret:b }}', 0, 'expected "}}" on the same line behind "{{"'],
    ['{{}}', 0, 'expected a reference like secret:NAME or param:NAME, got ""'],
    ['{{ env:HOME }}', 0, 'expected a reference like secret:NAME or param:NAME, got "env:HOME"'],
    ['{{ secret: }}', 0, 'expected the name of a secret, got "secret:"'],
    ['{{ secret:a/ }}', 0, '"secret:a/" names many, and this place takes one'],
    ['{{ secret:a | }}', 0, 'expected one of json, shell, url, base64 behind "|", got ""'],
    ['{{ secret:a | toString }}', 0, 'expected one of json, shell, url, base64 behind "|", got "toString"'],
    ['{{ "a\\x" }}', 0, 'expected text in double quotes, as in JSON, got "a\\x"'],
    [`{{ ${'x'.repeat(100)} }}`, 0, `expected a reference like secret:NAME or param:NAME, got "${'x'.repeat(60)}..."`],
  ])('%j', (text, at, message) => {
    expect(wrong(text)).toEqual([{ at, message }]);
  });

  it('goes on behind it', () => {
    const text = '{{ a }} {{ secret:b {{ secret:c }}';
    expect([wrong(text).map(({ at }) => at), found(text)]).toEqual([[0, 8], ['secret:c']]);
  });
});

it('what is not known can be left alone, what is meant for us not', () => {
  const text = '{{ a | upper }} {{ "b" }} {{ {{ secret:c d }} {{ secret:e | upper }} {{ param:f';
  expect(found(text, { ignoreUnknown: true })).toEqual([{ text: 'b' }]);
  expect(wrong(text, { ignoreUnknown: true }).map(({ at }) => at)).toEqual([29, 46, 69]);
});

describe('filters', () => {
  const filled = (value: string | Uint8Array, filters: string) =>
    (scanTemplate(`{{ secret:a ${filters} }}`).holes[0] as Hole).fill(value);

  it.each([
    ['', 'a"\n', 'a"\n'],
    ['| json', 'a"\n\u2028é', '"a\\"\\n\u2028é"'],
    ['| shell', "it's $a", "'it'\\''s $a'"],
    ['| url', "a b/é?'(*)!", 'a%20b%2F%C3%A9%3F%27%28%2A%29%21'],
    ['| base64', 'é', 'w6k='],
    ['| base64 | url', '~~>', 'fn4%2B'],
    ['|json|shell', "it's", `'"it'\\''s"'`],
  ])('%s makes of %j: %j', (filters, value, printed) => {
    expect(filled(value, filters)).toBe(printed);
  });

  it('binary goes only as base64', () => {
    const bytes = Buffer.from([0, 0xff]);
    expect(filled(bytes, '| base64 | json')).toBe('"AP8="');
    expect(() => filled(bytes, '| json | base64')).toThrow('the value is binary: it takes "| base64"');
  });

  it('no shell takes a NUL', () => {
    expect(() => filled('hidden\0', '| shell')).toThrow('the value holds a NUL byte, which no shell can');
  });
});
