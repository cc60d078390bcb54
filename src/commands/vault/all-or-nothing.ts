import fs from 'node:fs';
import path from 'node:path';
import { writing } from '../../files.ts';

/** Registers how to take back what was just made. */
export type Undo = (step: () => void) => void;

/** Runs `work`; when it throws, what it made is taken back, the last thing first. */
export async function allOrNothing(work: (undo: Undo) => Promise<void>): Promise<void> {
  const steps: (() => void)[] = [];
  try {
    await work((step) => steps.unshift(step));
  } catch (error) {
    for (const step of steps) quietly(step);
    throw error;
  }
}

function quietly(step: () => void): void {
  try {
    step();
  } catch {
    // Somebody has put something into a folder of ours meanwhile: then it stays.
  }
}

/** Makes the folder that a file is to be in, and those above it, open to their owner alone. */
export function makeFolderFor(file: string, undo: Undo): void {
  const folder = path.dirname(file);
  const first = writing(folder, () => fs.mkdirSync(folder, { recursive: true, mode: 0o700 }));
  if (first === undefined) return;
  undo(() => {
    for (let made = folder; made.length >= first.length; made = path.dirname(made)) fs.rmdirSync(made);
  });
}
