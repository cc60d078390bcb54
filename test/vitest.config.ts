import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests of operations: they run through every mount of the vault. */
const operations = ['secretsmanager', 'ssm', 'kms', 'sts'].map((service) => `test/vault/${service}/**/*.test.ts`);

const throughMount = (mount: string) => ({
  extends: true as const,
  test: { name: mount, include: operations, env: { LATCHKEY_TEST_MOUNT: mount } },
});

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    reporters: ['default', './test/helpers/count-reporter.ts'],
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'latchkey', include: ['test/**/*.test.ts'] } },
      throughMount('handler'),
      throughMount('serve'),
    ],
  },
});
