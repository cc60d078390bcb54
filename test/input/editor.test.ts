import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import { UserError } from '../../src/errors.ts';
import { editText } from '../../src/input/editor.ts';
import { terminalForTests } from '../helpers/terminal.ts';

let place: string;
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-editor-'));
  fs.mkdirSync(path.join(place, 'run'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

/** An editor made of a few statements on `text`; it notes what it was given in `seen`. */
function editorFrom(statements: string): string {
  const script = path.join(place, 'an editor.cjs');
  const seen = JSON.stringify(path.join(place, 'seen'));
  fs.writeFileSync(
    script,
    `const fs = require('node:fs');
     const file = process.argv.at(-1);
     const mode = (name) => (fs.statSync(name).mode & 0o777).toString(8);
     let text = fs.readFileSync(file, 'utf8');
     fs.appendFileSync(${seen}, [...process.argv.slice(2, -1), mode(file), mode(require('node:path').dirname(file)), file].join(' ') + '\\n');
     ${statements}
     fs.writeFileSync(file, text);`,
  );
  return `${process.execPath} "${script}" --wait`;
}

const seen = () => fs.readFileSync(path.join(place, 'seen'), 'utf8').trimEnd().split('\n');

interface Given {
  environment?: Record<string, string>;
  tty?: boolean;
  answers?: string[];
}

async function edit(text: string, statements: string, { environment = {}, ...given }: Given = {}) {
  const terminal = terminalForTests(given);
  const all = { EDITOR: editorFrom(statements), XDG_RUNTIME_DIR: path.join(place, 'run'), ...environment };
  try {
    return await editText({ terminal, environment: all } as unknown as Context, text);
  } finally {
    expect(fs.readdirSync(path.join(place, 'run'))).toEqual([]);
  }
}

async function refusal(editing: Promise<unknown>): Promise<UserError> {
  const error = await editing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('editText', () => {
  it('hands the text to the editor in a file nobody else can read, and takes it back', async () => {
    expect(await edit('one', `text = text + ' two';`)).toBe('one two');
    expect(seen()).toEqual([expect.stringMatching(/^--wait 600 700 .*\/run\/latchkey-\w+\/value\.txt$/)]);
  });

  it('says undefined where nothing was changed', async () => {
    expect(await edit('one', '')).toBeUndefined();
    expect(await edit('one', `text += '\\n';`)).toBeUndefined();
  });

  it.each([
    ['one', 'two\n', 'two'],
    ['one', 'two\n\n', 'two\n'],
    ['one', 'two\r\n', 'two'],
    ['one\n', 'two\n', 'two\n'],
    ['one\n', 'two', 'two'],
  ])('of %j, edited to %j, keeps %j', async (before, typed, after) => {
    expect(await edit(before, `text = ${JSON.stringify(typed)};`)).toBe(after);
  });

  it('takes VISUAL before EDITOR, and neither where it is blank', async () => {
    expect(await edit('one', `text = 'two';`, { environment: { VISUAL: ' ' } })).toBe('two');
    const other = await refusal(edit('one', `text = 'two';`, { environment: { VISUAL: '/no/such/editor -w' } }));
    expect(other).toMatchObject({ code: 'no-command', message: 'the editor "/no/such/editor" cannot be started' });
  });

  it('opens no shell', async () => {
    const environment = { EDITOR: `${process.execPath} -e process.exit(7) ; touch ${place}/touched` };
    expect((await refusal(edit('one', '', { environment }))).message).toContain('status 7');
    expect(fs.existsSync(path.join(place, 'touched'))).toBe(false);
  });

  it('uses another folder where XDG_RUNTIME_DIR is not ours', async () => {
    const environment = { XDG_RUNTIME_DIR: path.join(place, 'nowhere') };
    expect(await edit('one', `text = 'two';`, { environment })).toBe('two');
    expect(seen()[0]).not.toContain('nowhere');
  });

  it('opens JSON as JSON, and again where it is none any more', async () => {
    const statements = `text = text.endsWith('x') ? '{"a": 2}' : text + 'x';`;
    expect(await edit('{"a": 1}', statements, { tty: true, answers: ['y'] })).toBe('{"a": 2}');
    expect(seen()).toHaveLength(2);
    expect(seen()[0]).toMatch(/value\.json$/);
  });

  it('says where broken JSON is broken, and nothing of what stands there', async () => {
    const broken = `text = '{"a": "hunter2",\\n "b" 1}';`;
    const no = await refusal(edit('{"a": 1}', broken, { tty: true, answers: ['n'] }));
    expect(no).toMatchObject({ code: 'usage', message: 'it is not JSON any more, at line 2, column 6' });
    const alone = await refusal(edit('{"a": 1}', `text = '{"a": hunter2}';`));
    expect(alone).toMatchObject({ code: 'usage', message: 'it is not JSON any more' });
    const asked = await refusal(edit('{"a": 1}', broken, { tty: true }));
    expect(asked.code).toBe('interrupted');
  });

  it.each([
    ['an empty file', `text = '';`, 'usage'],
    ['what is not UTF-8', `text = Buffer.from([0xff]);`, 'usage'],
    ['an editor that fails', 'process.exit(1);', 'interrupted'],
    ['an editor that a signal ends', `process.kill(process.pid, 'SIGKILL');`, 'interrupted'],
    ['a file that is gone', 'fs.rmSync(file); process.exit(0);', 'usage'],
  ])('changes nothing at %s', async (_, statements, code) => {
    expect(await refusal(edit('one', statements))).toMatchObject({ code });
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'leaves nothing behind at %s, whatever the editor makes of it',
    async (signal) => {
      const statements = `
      process.on('${signal}', () => { fs.writeFileSync(file, 'two'); process.exit(0); });
      process.kill(process.ppid, '${signal}');
      setInterval(() => {}, 1000);
      return;`;
      const error = await refusal(edit('one', statements));
      expect(error).toMatchObject({
        code: 'interrupted',
        message: `the editor was ended by ${signal}, nothing was changed`,
      });
    },
  );

  it('needs an editor by name where there is no terminal', async () => {
    const none = await refusal(edit('one', '', { environment: { EDITOR: '' } }));
    expect(none).toMatchObject({ code: 'usage', message: 'no editor is named, and there is no terminal for one' });
  });
});
