import type { Terminal } from '../../context.ts';
import type { RotateOptions } from '../../rotation/steps.ts';

/** Shows each step while it is done, and that it is done, to somebody who looks. */
export const showSteps =
  (terminal: Terminal): RotateOptions['onStep'] =>
  (step, state) => {
    terminal.status(state === 'begun' ? `${step} ...` : '');
    if (state === 'done') terminal.remark(`${step}: done`);
  };
