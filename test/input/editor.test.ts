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

type Store = (edited: string, there: { text: string }) => Promise<string>;

interface Given {
  /** What is there, at the first reading and the next ones. */
  later?: string[];
  store?: Store;
  environment?: Record<string, string>;
  tty?: boolean;
  answers?: string[];
}

function gone(): never {
  throw new UserError('not-found', 'it is gone');
}

const asIs: Store = async (edited) => edited;
let terminal: ReturnType<typeof terminalForTests>;

async function edit(
  text: string,
  statements: string,
  { environment = {}, later = [], store = asIs, ...given }: Given = {},
) {
  terminal = terminalForTests(given);
  const readings = [text, ...later];
  const read = async () => ({ text: readings.shift() ?? gone() });
  const all = { EDITOR: editorFrom(statements), XDG_RUNTIME_DIR: path.join(place, 'run'), ...environment };
  try {
    return await editText({ terminal, environment: all } as unknown as Context, { read, store });
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

  const tooLong = new UserError('usage', 'too long');
  const notLong: Store = async (edited) => {
    if (edited.length > 5) throw tooLong;
    return edited;
  };

  it('opens it again as it was typed where it cannot be stored', async () => {
    const statements = `text = text.endsWith('!') ? 'two' : text + ' and more!';`;
    expect(await edit('one', statements, { store: notLong, tty: true, answers: ['y'] })).toBe('two');
    expect(terminal.said).toEqual(['too long. Edit it again?']);
    expect(await refusal(edit('one', statements, { store: notLong, tty: true, answers: ['n'] }))).toBe(tooLong);
    expect(await refusal(edit('one', statements, { store: notLong }))).toBe(tooLong);
    expect(seen()).toHaveLength(4);
  });

  const movedOn = new UserError('conflict', 'it has moved on');
  const losing: Store = async (edited, { text }) => {
    if (text === 'one') throw movedOn;
    return `${edited} over ${text}`;
  };
  const withTheirs = `
    const theirs = file.replace('value', 'theirs');
    text = fs.existsSync(theirs) ? text + '+' + fs.readFileSync(theirs, 'utf8') + mode(theirs) : 'mine';`;

  it('opens it again as it was typed where somebody was faster, with theirs beside it', async () => {
    const given = { store: losing, later: ['theirs'], tty: true, answers: ['y'] };
    expect(await edit('one', withTheirs, given)).toBe('mine+theirs600 over theirs');
    expect(terminal.said).toEqual(['it has moved on. Edit yours again, with theirs beside it in "theirs.txt"?']);
  });

  it('changes nothing where theirs is left to stand', async () => {
    const taking = `${withTheirs} if (text !== 'mine') text = fs.readFileSync(theirs, 'utf8');`;
    const given = { store: losing, later: ['theirs'], tty: true };
    expect(await edit('one', taking, { ...given, answers: ['y'] })).toBeUndefined();
    expect(await refusal(edit('one', taking, { ...given, answers: ['n'] }))).toBe(movedOn);
  });

  it('does not ask about a lost race where nobody is there, nothing can be read, or mine is stored', async () => {
    expect(await refusal(edit('one', withTheirs, { store: losing, later: ['theirs'] }))).toBe(movedOn);
    expect(await refusal(edit('one', withTheirs, { store: losing, tty: true }))).toBe(movedOn);
    expect(await refusal(edit('one', withTheirs, { store: losing, later: ['mine'], tty: true }))).toBe(movedOn);
    expect(terminal.said).toEqual([]);
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
