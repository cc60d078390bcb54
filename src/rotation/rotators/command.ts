import type { Rotator } from '../rotator.ts';

/** A program of the user's own: it is told the step, and given the values on file descriptors. */
export declare function commandRotator(
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Rotator;
