/*
 * Required into a process before anything else, this counts what it sends over the network, to a service or to a
 * database, and kills it at one of those calls. KILL_AT says where: `before:3` right before the third is sent, `sent:3`
 * when it is out and nothing has been answered, `after:3` when its answer has come and nobody has read it yet. In
 * KILL_COUNT, a file, it leaves how many calls there were, should it live.
 */
const fs = require('node:fs');
const net = require('node:net');
const process = require('node:process');

const [where = '', number] = (process.env.KILL_AT ?? '').split(':');
const at = Number(number);
let calls = 0;
const kill = () => process.kill(process.pid, 'SIGKILL');

const { Socket } = net;
const isNetwork = (socket) => socket.connecting || socket.remotePort !== undefined;
const last = new WeakMap();

for (const name of ['_write', '_writev']) {
  const real = Socket.prototype[name];
  Socket.prototype[name] = function counting(...args) {
    if (!isNetwork(this)) return real.apply(this, args);
    calls += 1;
    last.set(this, calls);
    if (where === 'before' && calls === at) kill();
    if (where === 'sent' && calls === at) {
      const done = args.pop();
      args.push((...results) => {
        kill();
        done(...results);
      });
    }
    return real.apply(this, args);
  };
}

const { push } = Socket.prototype;
Socket.prototype.push = function answered(...args) {
  if (where === 'after' && last.get(this) === at) kill();
  return push.apply(this, args);
};

const { KILL_COUNT } = process.env;
if (KILL_COUNT) process.on('exit', () => fs.writeFileSync(KILL_COUNT, String(calls)));
