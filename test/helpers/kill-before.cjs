/*
 * Required into a process before anything else, this kills it right before change number KILL_BEFORE of what is on the
 * disk: a call of `node:fs` that changes something, or a statement that a database runs. A file that is written in
 * place counts twice, the second time half-written.
 */
const fs = require('node:fs');
const process = require('node:process');

let left = Number(process.env.KILL_BEFORE);
const change = (before) => {
  left -= 1;
  if (left > 0) return;
  before?.();
  process.kill(process.pid, 'SIGKILL');
};

const { openSync, writeFileSync } = fs;
for (const name of ['fsyncSync', 'linkSync', 'mkdirSync', 'renameSync', 'rmSync', 'rmdirSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    change();
    return real(...args);
  };
}
fs.openSync = (file, flags, ...mode) => {
  if (flags !== 'r') change();
  return openSync(file, flags, ...mode);
};
fs.writeFileSync = (file, data, ...options) => {
  change();
  change(() => writeFileSync(file, data.slice(0, data.length / 2), ...options));
  return writeFileSync(file, data, ...options);
};

const counting = ({ DatabaseSync }) =>
  class extends DatabaseSync {
    exec(sql) {
      change();
      return super.exec(sql);
    }

    prepare(sql) {
      const statement = super.prepare(sql);
      const run = (...values) => {
        change();
        return statement.run(...values);
      };
      return { run, get: (...values) => statement.get(...values), all: (...values) => statement.all(...values) };
    }
  };

// Node's own SQLite, or an addon, as src/vault/store/binding.ts loads them.
const sqlite = process.getBuiltinModule?.('node:sqlite');
if (sqlite) sqlite.DatabaseSync = counting(sqlite);
const { dlopen } = process;
process.dlopen = (module, ...file) => {
  dlopen.call(process, module, ...file);
  if (module.exports.DatabaseSync) module.exports = { ...module.exports, DatabaseSync: counting(module.exports) };
};
