import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCodeCache } from '../../src/cli/code-cache.ts';

let place: string;
let dist: string;
const builtAt = new Date('2026-01-01');

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-cache-'));
  dist = path.join(place, 'dist');
  fs.mkdirSync(dist);
  vi.stubEnv('XDG_CACHE_HOME', path.join(place, 'cache'));
  write('exports.value = 1;');
});

afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(place, { recursive: true, force: true });
});

function write(source: string, time = builtAt) {
  fs.writeFileSync(path.join(dist, 'latchkey.cjs'), source);
  fs.utimesSync(path.join(dist, 'latchkey.cjs'), time, time);
}

/** Runs the bundle as the program would, under the cache name `verb`; answers what it exported. */
function run(verb = 'secret-get', others: string[] = []) {
  const cache = openCodeCache(dist);
  const exports: { value?: number } = {};
  cache.compile('latchkey.cjs', [verb, ...others])(exports, () => {}, {}, '', '');
  cache.save(verb, (file) => file === 'latchkey.cjs');
  return exports.value;
}

const folders = () =>
  fs.readdirSync(path.join(place, 'cache/latchkey')).map((name) => path.join(place, 'cache/latchkey', name));

describe('the code cache', () => {
  it('keeps compiled code in a folder only the user can read and write', () => {
    expect(run()).toBe(1);
    const [folder] = folders();
    expect(fs.statSync(folder!).mode & 0o777).toBe(0o700);
    expect(fs.readdirSync(folder!)).toEqual(['latchkey.secret-get']);
    expect(fs.statSync(path.join(folder!, 'latchkey.secret-get')).mode & 0o777).toBe(0o600);
  });

  // V8 accepts cached code for another source of the same length: a way to see which of the two ran.
  it('runs the cached code on the second run', () => {
    run();
    write('exports.value = 2;');
    expect(run()).toBe(1);
  });

  // Sources that no other test has: V8 also remembers what this process compiled.
  it('keeps another cache for another verb', () => {
    run();
    write('exports.value = 5;');
    expect(run('secret-put')).toBe(5);
  });

  it('makes do with the cache of another verb, and then keeps one of its own', () => {
    run('help');
    const cached = (name: string) => fs.existsSync(path.join(folders()[0]!, `latchkey.${name}`));
    expect(run('secret-get', ['help'])).toBe(1);
    expect(cached('secret-get')).toBe(true);
    const kept = () => fs.statSync(path.join(folders()[0]!, 'latchkey.secret-get')).mtimeMs;
    const before = kept();
    run('secret-get', ['help']);
    expect(kept()).toBe(before);
  });

  it('does not trust a folder that others can write to', () => {
    run();
    fs.chmodSync(folders()[0]!, 0o777);
    write('exports.value = 6;');
    expect(run()).toBe(6);
  });

  it('does not follow a link to a folder', () => {
    run();
    const [folder] = folders();
    fs.renameSync(folder!, path.join(place, 'elsewhere'));
    fs.symlinkSync(path.join(place, 'elsewhere'), folder!);
    write('exports.value = 7;');
    expect(run()).toBe(7);
  });

  it('starts anew with a new build, and throws the old one away', () => {
    run();
    write('exports.value = 8;', new Date('2026-01-02'));
    expect(run()).toBe(8);
    expect(folders()).toHaveLength(1);
  });

  it('runs without a cache where none can be kept', () => {
    vi.stubEnv('XDG_CACHE_HOME', path.join(dist, 'latchkey.cjs'));
    expect(run()).toBe(1);
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    vi.stubEnv('HOME', undefined);
    expect(run()).toBe(1);
  });

  it('ignores a damaged cache file and replaces it', () => {
    run();
    const file = path.join(folders()[0]!, 'latchkey.secret-get');
    fs.writeFileSync(file, 'not compiled code');
    write('exports.value = 3;');
    expect(run()).toBe(3);
    expect(fs.readFileSync(file).length).toBeGreaterThan(100);
  });
});
