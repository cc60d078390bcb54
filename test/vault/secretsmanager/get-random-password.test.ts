import { beforeAll, expect, test } from 'vitest';
import { openService, refusal } from '../service.ts';

let secrets: Awaited<ReturnType<typeof openService>>['secrets'];
beforeAll(async () => {
  secrets = (await openService()).secrets;
});

const password = async (input: object = {}) => (await secrets.getRandomPassword(input)).RandomPassword!;
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

const tooShort = /^InvalidParameterException: Password length is too short based on the required types\.$/;
const emptied = /^InvalidParameterException: All characters of the desired type have been excluded\.$/;
const noType = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true };

test('32 characters, of every type but the space', async () => {
  const found = await password();
  expect(found).toHaveLength(32);
  for (const type of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9 ]/]) expect(found).toMatch(type);
  expect(await password()).not.toBe(found);
});

test.each([
  [{ ExcludeLowercase: true }, /^[^a-z ]+$/],
  [{ ExcludeUppercase: true }, /^[^A-Z ]+$/],
  [{ ExcludeNumbers: true }, /^[^0-9 ]+$/],
  [{ ExcludePunctuation: true }, /^[A-Za-z0-9]+$/],
  [{ ExcludeCharacters: 'abc"\'\\' }, /^[^abc"'\\ ]+$/],
  [{ ExcludeCharacters: punctuation, RequireEachIncludedType: false }, /^[A-Za-z0-9]+$/],
  [{ ExcludeCharacters: ' ', IncludeSpace: true }, /^[^ ]+$/],
  [{ ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true }, /^[0-9]+$/],
])('%j', async (rules, expected) => {
  for (let round = 0; round < 20; round += 1) expect(await password(rules)).toMatch(expected);
});

test('each type is there, even where there is just room for them', async () => {
  for (let round = 0; round < 50; round += 1) {
    const four = await password({ PasswordLength: 4 });
    for (const type of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(four).toMatch(type);
  }
});

test('every character of an alphabet comes', async () => {
  const seen = new Set(await password({ PasswordLength: 4096 }));
  expect(seen.size).toBe(26 + 26 + 10 + punctuation.length);
  const spaced = new Set(await password({ PasswordLength: 4096, IncludeSpace: true }));
  expect(spaced.size).toBe(seen.size + 1);
});

test.each([
  [{ PasswordLength: 0 }, /at 'passwordLength' .* greater than or equal to 1$/],
  [{ PasswordLength: 1, RequireEachIncludedType: false }, /^no error$/],
  [{ PasswordLength: 4096 }, /^no error$/],
  [{ PasswordLength: 4097 }, /at 'passwordLength' .* less than or equal to 4096$/],
  [{ PasswordLength: 3 }, tooShort],
  [{ PasswordLength: 3, RequireEachIncludedType: false }, /^no error$/],
  [{ PasswordLength: 3, ExcludeNumbers: true }, /^no error$/],
  [{ PasswordLength: 4, IncludeSpace: true }, /^no error$/],
  [{ ExcludeCharacters: punctuation }, emptied],
  [{ ...noType }, /^InvalidParameterException: All characters have been excluded from selection\.$/],
  [{ ...noType, IncludeSpace: true }, /^no error$/],
])('%j is refused or not', async (input, expected) => {
  expect(await refusal(secrets.getRandomPassword(input))).toMatch(expected);
});
