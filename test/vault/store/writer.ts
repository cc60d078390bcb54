/** A process that writes to a vault, or reads from it: `writer FILE KEY write PREFIX COUNT`, `writer FILE KEY read NAME`. */
import { openVault } from '../../../src/vault/vault.ts';

const region = 'eu-west-1';

async function main([file, key, what, name, count]: string[]): Promise<void> {
  const vault = await openVault({ file: file!, unlock: async () => ({ key: Buffer.from(key!, 'hex') }) });
  const ask = (operation: string, input: object) =>
    vault.handle({ service: 'secretsmanager', operation, input, region }) as Promise<Record<string, string>>;
  if (what === 'read') console.log((await ask('GetSecretValue', { SecretId: name })).SecretString);
  for (let index = 0; what === 'write' && index < Number(count); index++) {
    const Name = `${name}-${index}`;
    await ask('CreateSecret', { Name, SecretString: `value of ${Name}`, ClientRequestToken: Name.padEnd(32, '0') });
    console.log(Name);
  }
  vault.close();
}

main(process.argv.slice(2)).catch((error) => {
  console.log(`${error.name} ${error.code}`);
  process.exitCode = 1;
});
