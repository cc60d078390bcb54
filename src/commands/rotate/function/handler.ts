import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../../errors.ts';

/** Calls a function of a file of Python with the event, as Lambda does. */
const python = `
import importlib.util, json, os, sys
file, name = sys.argv[1:3]
sys.path.insert(0, os.path.dirname(file))
spec = importlib.util.spec_from_file_location("handler", file)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
getattr(module, name)(json.load(sys.stdin), None)
`.trim();

/** The same for JavaScript, whether it takes a callback or returns a promise. */
const javascript = `
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const [file, name] = process.argv.slice(1);
const page = await import(pathToFileURL(file));
const handler = page[name] ?? page.default[name];
const event = JSON.parse(readFileSync(0, 'utf8'));
await new Promise((resolve, reject) => {
  const answer = handler(event, {}, (error) => (error ? reject(error) : resolve()));
  if (answer?.then) answer.then(resolve, reject);
});
`.trim();

const languages: Readonly<Record<string, (file: string, name: string) => string[]>> = {
  '.py': (file, name) => [process.platform === 'win32' ? 'python' : 'python3', '-c', python, file, name],
  '.js': (file, name) => ['node', '--input-type=module', '-e', javascript, file, name],
};

/**
 * The command that calls a handler written for Lambda, unchanged, named like `rotate.py:lambda_handler`: it reads the
 * event from its standard input. Throws code `usage` or `not-found`.
 */
export function commandOfHandler(text: string): string[] {
  const [, named, name] = /^(.+):([A-Za-z_$][\w$]*)$/.exec(text) ?? [];
  const ending = path.extname(named ?? '').replace(/^\.[mc]js$/, '.js');
  const command = languages[ending];
  if (!named || !name || !command) {
    throw new UserError('usage', `expected a file of Python or JavaScript and its function, got "${text}"`, {
      hints: ['it is like rotate.py:lambda_handler or index.mjs:handler', 'another language: behind "--", a command'],
    });
  }
  const file = path.resolve(named);
  if (fs.existsSync(file)) return command(file, name);
  throw new UserError('not-found', `there is no file "${named}"`);
}
