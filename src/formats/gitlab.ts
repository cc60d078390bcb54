import { readLines } from './lines.ts';
import type { Format } from './pair.ts';
import { cannotTake } from './refuse.ts';
import { writeVariables } from './variables.ts';

const taker = "GitLab's dotenv report";

/**
 * For `artifacts:reports:dotenv`, which knows no quotes, comments or empty lines, and strips spaces around values:
 * https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv
 */
export const format: Format = {
  write: (pairs) =>
    writeVariables(pairs, taker, (name, value) => {
      if (/[\r\n]/.test(value)) throw cannotTake(name, 'holds a line break', taker);
      if (value !== value.trim()) throw cannotTake(name, 'begins or ends with a space', taker);
      return `${name}=${value}`;
    }),

  read: (text) => readLines(text.split('\n').map(stripped), /^$/),
};

const stripped = (line: string) => line.trim().replace(/^([^=]*)=\s+/, '$1=');
