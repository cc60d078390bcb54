import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface Step {
  readonly service: 'secretsmanager' | 'ssm' | 'kms' | 'sts';
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Names for later steps to use, and where in the answer their values are. */
  readonly save?: Readonly<Record<string, string>>;
  readonly expect?: Readonly<Record<string, unknown>>;
}

export const sessionFile = path.join(import.meta.dirname, 'session.json');

/** What a client did: how many distinct operations, and what was not as it should be. */
export interface Played {
  readonly operations: number;
  readonly wrong: string[];
}

/** Calls one operation; undefined where the client does not know it. */
type Call = (step: Step, input: Record<string, unknown>) => Promise<Record<string, unknown> | undefined>;

/** Plays the session with a client: `${name}` stands for what a step before has saved, `$bytes` for bytes. */
export async function playSession(call: Call): Promise<Played> {
  const known: Record<string, unknown> = {};
  const ran = new Set<string>();
  const wrong: string[] = [];
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return value.startsWith('${') ? known[value.slice(2, -1)] : value;
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    if ('$bytes' in value) return Buffer.from(String(value.$bytes));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]));
  };
  for (const step of JSON.parse(fs.readFileSync(sessionFile, 'utf8')) as Step[]) {
    const said = `${step.service} ${step.operation}`;
    try {
      const answer = await call(step, fill(step.input) as Record<string, unknown>);
      if (!answer) continue;
      ran.add(said);
      for (const [name, place] of Object.entries(step.save ?? {})) known[name] = at(answer, place);
      for (const [place, expected] of Object.entries(step.expect ?? {})) {
        if (same(at(answer, place), fill(expected))) continue;
        wrong.push(`${said}: ${place} is ${JSON.stringify(at(answer, place))}`);
      }
    } catch (error) {
      wrong.push(`${said}: ${(error as Error).name}: ${(error as Error).message}`);
    }
  }
  return { operations: ran.size, wrong };
}

const at = (answer: unknown, place: string): unknown =>
  place.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], answer);

function same(actual: unknown, expected: unknown): boolean {
  if (expected instanceof Uint8Array) return actual instanceof Uint8Array && Buffer.compare(actual, expected) === 0;
  return JSON.stringify(actual) === JSON.stringify(expected);
}

/** Runs a program; its standard output. Rejects with what it said where it fails. */
export function output(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env });
    const [out, said]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part) => out.push(part));
    child.stderr.on('data', (part) => said.push(part));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(out).toString()) : reject(new Error(Buffer.concat(said).toString().trim())),
    );
  });
}
