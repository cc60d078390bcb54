// The main job on a throw-away vault: `npm start`. Prints each command as typed, then runs it for real.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const latchkey = path.join(import.meta.dirname, '../bin/latchkey.cjs');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-demo-'));
const { PATH, SystemRoot, TERM, NO_COLOR } = process.env;
const env = {
  ...{ PATH, SystemRoot, TERM, NO_COLOR },
  HOME: place,
  ...{ XDG_DATA_HOME: path.join(place, 'data'), XDG_CONFIG_HOME: path.join(place, 'config') },
  LATCHKEY_VAULT: '1',
};

/** Runs latchkey with `input` on its standard input; what it prints on stdout is passed on and returned. */
function run(args, input) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [latchkey, ...args], { env, input: input ?? '' });
  process.stderr.write(stderr);
  if (status !== 0) throw new Error(`latchkey ${args[0]} ended with ${status}`);
  return stdout;
}

/** Shows `line` as typed, runs it, shows what it printed; throws when that is not what was expected. */
function show(line, { args, input, expect }) {
  console.log(`$ ${line}`);
  const printed = run(args, input).toString();
  process.stdout.write(printed.endsWith('\n') || printed === '' ? printed : `${printed}\n`);
  if (expect !== undefined && printed.trimEnd() !== expect) throw new Error(`expected ${JSON.stringify(expect)}`);
}

const database = '{"username":"app","password":"correct horse","port":5432}';
const printEnvironment = ['node', '-e', 'console.log(process.env.DB_PASSWORD, process.env.URL)'];

try {
  console.log('# A vault of our own, in a folder that is thrown away. No AWS account.');
  show('latchkey vault init', { args: ['vault', 'init'] });

  console.log('\n# A secret, from standard input; then one key of it, and that key changed.');
  show(`echo '${database}' | latchkey secret create prod/db --trim-newline`, {
    args: ['secret', 'create', 'prod/db', '--trim-newline'],
    input: `${database}\n`,
  });
  show("latchkey secret get 'prod/db#password'", {
    args: ['secret', 'get', 'prod/db#password'],
    expect: 'correct horse',
  });
  show("printf 'battery staple' | latchkey secret set 'prod/db#password'", {
    args: ['secret', 'set', 'prod/db#password'],
    input: 'battery staple',
  });
  show('latchkey secret get prod/db', {
    args: ['secret', 'get', 'prod/db'],
    expect: database.replace('correct horse', 'battery staple'),
  });

  console.log('\n# A parameter.');
  show('printf https://example.com | latchkey param put /prod/app/url --type String', {
    args: ['param', 'put', '/prod/app/url', '--type', 'String'],
    input: 'https://example.com',
  });
  show('latchkey param get /prod/app/url', { args: ['param', 'get', '/prod/app/url'], expect: 'https://example.com' });

  console.log("\n# Both in a child's environment.");
  const wanted = ['DB_PASSWORD=secret:prod/db#password', 'URL=param:/prod/app/url'];
  show(
    `latchkey exec --env '${wanted[0]}' --env ${wanted[1]} -- node -e 'console.log(process.env.DB_PASSWORD, process.env.URL)'`,
    {
      args: ['exec', '--env', wanted[0], '--env', wanted[1], '--', ...printEnvironment],
      expect: 'battery staple https://example.com',
    },
  );

  console.log('\n# A key: what it encrypts, it decrypts.');
  show('latchkey key create --alias app', { args: ['key', 'create', '--alias', 'app'] });
  console.log("$ printf 'for your eyes' | latchkey key encrypt alias/app | latchkey key decrypt");
  const decrypted = run(['key', 'decrypt'], run(['key', 'encrypt', 'alias/app'], 'for your eyes')).toString();
  console.log(decrypted);
  if (decrypted !== 'for your eyes') throw new Error('the round trip through the key changed the text');

  console.log('\n# The vault checks itself.');
  show('latchkey vault verify', { args: ['vault', 'verify'] });
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}
