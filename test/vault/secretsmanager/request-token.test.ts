import { expect, test } from 'vitest';
import { openService, refusal, sdkFillsTokens } from '../service.ts';

const missing = 'You must provide a ClientRequestToken value. We recommend a UUID-type value.';

/** The SDK makes up a token where there is none: only a caller without it can leave one out. */
test.skipIf(sdkFillsTokens)('what makes a version needs a token (skipped where an SDK makes one up)', async () => {
  const { secrets } = await openService();
  await secrets.createSecret({ Name: 'a' });
  const value = { SecretId: 'a', SecretString: 'x' };
  const asked = `InvalidRequestException: ${missing}`;
  expect(await refusal(secrets.createSecret({ Name: 'b', SecretString: 'x' }))).toBe(asked);
  expect(await refusal(secrets.putSecretValue(value))).toBe(asked);
  expect(await refusal(secrets.updateSecret(value))).toBe(asked);
  expect(await refusal(secrets.rotateSecret({ SecretId: 'a' }))).toBe(`InvalidParameterException: ${missing}`);
  expect(await refusal(secrets.updateSecret({ SecretId: 'a', Description: 'no version' }))).toBe('no error');
});
