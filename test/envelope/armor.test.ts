import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { armor, unarmor } from '../../src/envelope/armor.ts';
import { collect, pieces } from './bytes.ts';

/** As a message begins. */
const messageOf = (length: number) => Buffer.concat([Buffer.of(2, 5, 0x78), randomBytes(length)]).subarray(0, length);
const armored = (message: Buffer, step?: number) => collect(armor(pieces(message, step)));
const plain = (text: Buffer | string, step?: number) => collect(unarmor(pieces(Buffer.from(text), step)));

it.each([0, 1, 2, 3, 47, 48, 49, 95, 96, 1000, 200_000])(
  'of %i bytes is base64 in lines, and comes back',
  async (length) => {
    const message = messageOf(length);
    for (const step of [1, 5, 48, 1000, 65_536].filter((step) => length / step < 2000)) {
      const text = await armored(message, step);
      const lines = message.toString('base64').match(/.{1,64}/g) ?? [];
      expect(`${text}`).toBe(lines.map((line) => `${line}\n`).join(''));
      expect((await plain(text, step)).equals(message)).toBe(true);
      expect((await plain(`${text}`.replaceAll('\n', '\r\n'), step)).equals(message)).toBe(true);
      expect((await plain(`\n  ${`${text}`.replaceAll('\n', '')}`, step)).equals(message)).toBe(true);
    }
  },
);

it('is told from a message that has none', async () => {
  for (const step of [1, 65_536]) {
    const message = messageOf(100);
    expect((await plain(message, step)).equals(message)).toBe(true);
    const old = Buffer.concat([Buffer.of(1, 0x80), randomBytes(10)]);
    expect((await plain(old, step)).equals(old)).toBe(true);
  }
});

it('has one text and no other', async () => {
  const text = `${await armored(messageOf(100))}`.trim();
  expect(text).toMatch(/==$/);
  const refused = (text: string, step: number) => expect(plain(text, step)).rejects;
  for (const step of [1, 3, 65_536]) {
    await refused(text.slice(0, -1), step).toMatchObject({ damage: 'truncated' });
    await refused(text.slice(0, -3), step).toMatchObject({ damage: 'truncated' });
    await refused(`${text}AAAA`, step).toMatchObject({ damage: 'body' });
    await refused(`${text.slice(0, 20)}-${text.slice(21)}`, step).toMatchObject({ damage: 'body' });
    await refused(`${text.slice(0, 20)}!${text.slice(21)}`, step).toMatchObject({ damage: 'body' });
    await refused(`${text.slice(0, 20)}\v${text.slice(21)}`, step).toMatchObject({ damage: 'body' });
    await refused(text.replace(/.==$/, 'B=='), step).toMatchObject({ damage: 'body' });
  }
});
