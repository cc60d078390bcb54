import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests of operations: they run through every mount of the vault. */
const operations = ['secretsmanager', 'ssm', 'kms', 'sts'].map((service) => `test/vault/${service}/**/*.test.ts`);

const throughMount = (mount: string) => ({
  extends: true as const,
  test: { name: mount, include: operations, env: { LATCHKEY_TEST_MOUNT: mount } },
});

/** On somebody else's store, where one test at a time has it to itself. */
const elsewhere = process.env.LATCHKEY_TEST_ENDPOINT !== undefined;

export default defineConfig({
  test: {
    fileParallelism: !elsewhere,
    root: fileURLToPath(new URL('..', import.meta.url)),
    reporters: ['default', './test/helpers/count-reporter.ts'],
    testTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'latchkey', include: ['test/**/*.test.ts'] } },
      throughMount('handler'),
      throughMount('serve'),
      ...(elsewhere ? [throughMount('endpoint')] : []),
    ],
  },
});
