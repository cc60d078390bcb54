import type { Reporter, TestModule } from 'vitest/node';
/** The last line of a run: the true counts, in the form CI reads. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void;
}
