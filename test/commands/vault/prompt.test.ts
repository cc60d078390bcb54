import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace } from '../../helpers/play.ts';
import { openTerminal, tmuxIsInstalled } from '../../helpers/tmux.ts';

const root = path.join(import.meta.dirname, '../../..');
const isBuilt = fs.existsSync(path.join(root, 'dist/start.cjs'));
const latchkey = `'${process.execPath}' '${path.join(root, 'bin/latchkey.cjs')}'`;
const settings = `stty -a | grep -Eo -- '-?(echo|icanon|isig)\\b' | tr '\\n' ' '; echo`;

describe.skipIf(!tmuxIsInstalled || !isBuilt)('at a real terminal (skipped without tmux or dist)', () => {
  let place: ReturnType<typeof makePlace>;
  let terminal: ReturnType<typeof openTerminal>;
  beforeEach(() => {
    place = makePlace();
    terminal = openTerminal({ ...place.environment, TERM: 'screen', PS1: '$ ' });
  });
  afterEach(() => {
    terminal.close();
    place.remove();
  });

  it('Ctrl-C in the hidden prompt is exit 130, and the terminal is as before', async () => {
    terminal.type(`${latchkey} vault init --passphrase; echo "exit=$?"; ${settings}`);
    await terminal.shows('Passphrase of the new vault:');
    terminal.press('h');
    terminal.press('C-c');
    const screen = await terminal.shows(/exit=130\n.*isig/s);
    expect(screen).toContain('isig icanon echo');
    expect(screen).toContain('latchkey: error: interrupted');
    expect(fs.readdirSync(place.place)).not.toContain('data');
  });

  it('what is typed is not shown, and opens the vault', async () => {
    terminal.type(`${latchkey} vault init --passphrase; echo "exit=$?"; ${settings}`);
    await terminal.shows('Passphrase of the new vault:');
    terminal.type('correct horse');
    await terminal.shows('Once more:');
    terminal.type('correct horse');
    const made = await terminal.shows(/exit=0\n.*isig/s);
    expect(made).toContain('isig icanon echo');
    terminal.type(`clear; ${latchkey} vault verify --output text; echo "exit=$?"`);
    await terminal.shows('Passphrase of the vault:');
    terminal.type('correct horse');
    const opened = await terminal.shows('exit=0');
    expect(made + opened).not.toContain('correct');
  });

  it('Ctrl-C under exec reaches the command once, and its status comes back', async () => {
    const count = `let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => process.exit(40 + n), 300); });`;
    terminal.type(`${latchkey} vault init >/dev/null 2>&1`);
    terminal.type(
      `clear; ${latchkey} exec --vault -- '${process.execPath}' -e "${count} console.log('listening'); setInterval(() => {}, 1000)"; echo "exit=$?"`,
    );
    await terminal.shows(/^listening$/m);
    terminal.press('C-c');
    await terminal.shows('exit=41');
  });
});
