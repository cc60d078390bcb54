import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sshKey } from '../../../../src/commands/secret/templates/ssh-key.ts';

interface Pair {
  type: string;
  private_key: string;
  public_key: string;
}

const make = async (given: Record<string, string>) => (await sshKey.build(given, new Date())) as Pair;

/** What OpenSSH reads from a private key: its public key. */
function publicKeyOf(privateKey: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-ssh-'));
  try {
    const file = path.join(folder, 'id');
    fs.writeFileSync(file, privateKey, { mode: 0o600 });
    const { stdout, stderr } = spawnSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' });
    return stdout.trim() || stderr;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const isInstalled = spawnSync('ssh-keygen', ['-?']).error === undefined;

describe.each(['ed25519', 'rsa'])('a pair of type %s', (type) => {
  it.skipIf(!isInstalled)('is one that OpenSSH reads (skipped where ssh-keygen is not installed)', async () => {
    // Comments of these lengths need all lengths of padding.
    for (const comment of type === 'rsa' ? [''] : ['', 'a', 'deploy@ci', 'with some words', 'ключ 🔑']) {
      const { private_key, public_key } = await make({ type, comment });
      const read = publicKeyOf(private_key);
      // A file of PKCS #1 has no room for a comment.
      expect(read).toBe(type === 'rsa' ? public_key.split(' ').slice(0, 2).join(' ') : public_key);
    }
  });

  it('is new each time, and keeps what else it is given', async () => {
    const [one, two] = [await make({ type, username: 'deploy' }), await make({ type })];
    expect(one.private_key).not.toBe(two.private_key);
    expect(one).toMatchObject({ username: 'deploy', type: `ssh-${type}` });
  });
});

it('has a comment of one line', async () => {
  await expect(make({ comment: 'a\nssh-rsa AAAA' })).rejects.toMatchObject({ code: 'usage' });
});
