import { type Step } from './script.ts';
export type Environment = Record<string, string>;
/** What a step printed, in the lines of a script. */
interface Seen {
  stdout: string[];
  stderr: string[];
  exit: number;
}
/** A folder of a script's own, with the environment that keeps everything in it. */
export declare function makePlace(): {
  place: string;
  environment: Environment;
  remove(): void;
};
/** Runs a step's commands in this process, the output of each being the input of the next. */
export declare function play(step: Step, place: string, environment: Environment): Promise<Seen>;
/** The expected lines where what was seen is like them, else what was seen: the two are then compared as they stand. */
export declare function asExpected(step: Step, seen: Seen, place: string): Seen;
