import { expect, test } from 'vitest';
import { openService, refusal, token } from '../service.ts';

const SecretId = 'a';

/** A secret with three versions: the first without a label, the second AWSPREVIOUS, the third AWSCURRENT. */
async function withVersions() {
  const { secrets } = await openService();
  const [first, second, third] = [token(), token(), token()];
  await secrets.createSecret({ Name: SecretId, SecretString: 'one', ClientRequestToken: first });
  await secrets.putSecretValue({ SecretId, SecretString: 'two', ClientRequestToken: second });
  await secrets.putSecretValue({ SecretId, SecretString: 'three', ClientRequestToken: third });
  const move = (VersionStage: string, to?: string, from?: string) =>
    refusal(
      secrets.updateSecretVersionStage({ SecretId, VersionStage, MoveToVersionId: to, RemoveFromVersionId: from }),
    );
  const stages = async () => (await secrets.describeSecret({ SecretId })).VersionIdsToStages;
  return { first, second, third, move, stages };
}

test('AWSCURRENT moves, and AWSPREVIOUS to the version it left', async () => {
  const { first, third, move, stages } = await withVersions();
  expect(await move('AWSCURRENT', first, third)).toBe('no error');
  expect(await stages()).toEqual({ [first]: ['AWSCURRENT'], [third]: ['AWSPREVIOUS'] });
});

test('moving back to AWSPREVIOUS swaps the two', async () => {
  const { second, third, move, stages } = await withVersions();
  expect(await move('AWSCURRENT', second, third)).toBe('no error');
  expect(await stages()).toEqual({ [second]: ['AWSCURRENT'], [third]: ['AWSPREVIOUS'] });
});

test('a label that is attached elsewhere must be taken from there by name', async () => {
  const { first, second, third, move, stages } = await withVersions();
  const before = await stages();
  expect(await move('AWSCURRENT', first)).toBe(
    `InvalidParameterException: The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${third}, so you must explicitly reference that version in RemoveFromVersionId.`,
  );
  expect(await move('AWSCURRENT', first, second)).toMatch(
    /^InvalidParameterException: .*it must be set to the version/,
  );
  expect(await stages()).toEqual(before);
});

test('a label of its own is attached, moved and removed', async () => {
  const { first, second, third, move, stages } = await withVersions();
  const own = async () => Object.entries((await stages())!).find(([, labels]) => labels.includes('mine'))?.[0];
  expect(await move('mine', undefined, first)).toMatch(/^InvalidParameterException/);
  expect(await move('mine', second, first)).toMatch(/^InvalidParameterException/);
  expect(await move('mine', first)).toBe('no error');
  expect(await move('mine', first)).toBe('no error');
  expect(await own()).toBe(first);
  expect(await move('mine', second)).toMatch(/^InvalidParameterException/);
  expect(await move('mine', second, first)).toBe('no error');
  expect(await own()).toBe(second);
  expect(await move('mine', undefined, third)).toMatch(/^InvalidParameterException/);
  expect(await move('mine', undefined, second)).toBe('no error');
  expect(await own()).toBeUndefined();
});

test('removing a label leaves the others alone', async () => {
  const { second, third, move, stages } = await withVersions();
  await move('mine', third);
  expect(await move('mine', undefined, third)).toBe('no error');
  expect(await stages()).toEqual({ [second]: ['AWSPREVIOUS'], [third]: ['AWSCURRENT'] });
});

test('AWSCURRENT cannot be removed, only moved', async () => {
  const { third, move } = await withVersions();
  expect(await move('AWSCURRENT', undefined, third)).toBe(
    'InvalidParameterException: You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.',
  );
});

test('AWSPREVIOUS can be removed', async () => {
  const { second, third, move, stages } = await withVersions();
  expect(await move('AWSPREVIOUS', undefined, second)).toBe('no error');
  expect(await stages()).toEqual({ [third]: ['AWSCURRENT'] });
});

test('neither version, an unknown version', async () => {
  const { third, move } = await withVersions();
  expect(await move('mine')).toMatch(/^InvalidParameterException/);
  expect(await move('mine', token())).toMatch(/^ResourceNotFoundException/);
  expect(await move('AWSCURRENT', token(), third)).toMatch(/^ResourceNotFoundException/);
});
