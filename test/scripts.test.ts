import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticateSigned } from '../src/vault/serve/authenticate.ts';
import { type ServerOptions, startServer } from '../src/vault/serve/server.ts';
import { createVault } from '../src/vault/vault.ts';
import { motoIsInstalled, startMoto } from './helpers/moto.ts';
import { motoDifferences } from './helpers/moto-differences.ts';
import { asExpected, type Environment, makePlace, play } from './helpers/play.ts';
import { parseScript } from './helpers/script.ts';

const folder = path.join(import.meta.dirname, 'scripts');
const all = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
const onVaultAlone = (name: string) => name.startsWith(`vault${path.sep}`);
/** Between an endpoint, where such a script is played, and a vault, which it names. */
const onBoth = (name: string) => name.startsWith(`both${path.sep}`);
const anywhere = all.filter((name) => !onVaultAlone(name));

/** Plays a script; `differences` says which of its lines are known to go another way here. */
async function perform(name: string, given: Environment, differences: Record<number, string> = {}) {
  const { place, environment, remove } = makePlace();
  try {
    const steps = parseScript(fs.readFileSync(path.join(folder, name), 'utf8'));
    if (onBoth(name) || (given.LATCHKEY_VAULT && !onVaultAlone(name)))
      await play(init, place, { ...environment, ...given });
    for (const step of steps) {
      const seen = await play(step, place, { ...environment, ...given });
      const { stdout, stderr, exit } = step;
      const shown = { at: `${name}:${step.line}`, ...asExpected(step, seen, place) };
      const wanted = { at: `${name}:${step.line}`, stdout, stderr, exit };
      if (differences[step.line]) expect(shown, 'a difference that is none any more').not.toEqual(wanted);
      else expect(shown).toEqual(wanted);
    }
  } finally {
    remove();
  }
}

const [init] = parseScript('$ latchkey vault init') as [ReturnType<typeof parseScript>[number]];

const onEndpoint = (endpoint: string): Environment => ({
  ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1' },
  ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'for-tests' },
});

describe('scripts on the vault', () => {
  it.each(all.filter((name) => !onBoth(name)))('%s', (name) => perform(name, { LATCHKEY_VAULT: '1' }));
});

/** The same scripts by way of the SDK, HTTP and signatures, on a vault behind `vault serve`. */
describe('scripts over HTTP, on a served vault', () => {
  it.each(anywhere)('%s', async (name) => {
    const secret = { key: Buffer.alloc(32, 1) };
    const vault = await createVault({ file: ':memory:', secret, account: '000000000000' });
    const door = { find: vault.accessKeys.find, clock: () => new Date() };
    const authenticate: ServerOptions['authenticate'] = (request, service) =>
      authenticateSigned(door, request, service);
    const server = await startServer({ vault, port: 0, authenticate });
    const { accessKeyId, secretAccessKey } = vault.accessKeys.create({});
    try {
      const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
      await perform(name, { ...onEndpoint(server.url), ...keys });
    } finally {
      await server.close();
      vault.close();
    }
  });
});

const endpoint = process.env.LATCHKEY_TEST_ENDPOINT;
describe.skipIf(!endpoint)('scripts over HTTP, on LATCHKEY_TEST_ENDPOINT (skipped where it is not set)', () => {
  it.each(anywhere)('%s', (name) => perform(name, onEndpoint(endpoint!)));
});

describe.skipIf(!motoIsInstalled)('scripts over HTTP, on moto (skipped where moto is not installed)', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto?.stop());

  it.for(anywhere)('%s', async (name, { skip }) => {
    const differences = motoDifferences[name] ?? {};
    if (typeof differences === 'string') return skip(differences);
    await moto.reset();
    await perform(name, onEndpoint(moto.endpoint), differences);
  });
});
