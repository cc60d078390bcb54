import { UserError } from '../../errors.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { warnOfChoice } from '../which-service.ts';
import { explainDeletion, maySpeakOfDeletion } from './deletion.ts';
import { addNewValueOptions, type NewValueOptions, readNewValue } from './new-value.ts';
import { replaceDeleted } from './replace-deleted.ts';
import { readRegions } from './replicate/regions.ts';
import { report } from './replicate/report.ts';
import { secretValue } from './secret-value.ts';
import { wholeSecret } from './whole.ts';

interface Options extends NewValueOptions {
  description?: string;
  kmsKey?: string;
  tag?: Tag[];
  binary?: boolean;
  replica?: string[];
  replaceDeleted?: boolean;
}

const words = `
Prints the ARN. The value is read as it is, generated, or put together from keys.

Templates, with what --field gives them ([these] may be left out), and the secret that is asked for or generated:
  database        engine, host, username, [port], [dbname]; password
  api-key         api_key
  oauth-client    client_id; client_secret
  user            username; password
  encryption-key  [bits]; the key is random
  ssh-key         [type=ed25519|rsa], [comment]; the pair is made
  tls             common_name, [names], [days]; the key is made, and a certificate that it signs itself

Examples:
  latchkey secret create prod/db --value-file db.json
  latchkey secret create prod/api --key-value token=@token.txt --field url=https://api.example.com
  latchkey secret create prod/db --template database --generate --field engine=postgres \\
    --field host=db.example.com --field username=app`;

export const verb: Verb<Options> = {
  words: (command) =>
    addTagOption(addNewValueOptions(command))
      .argument('<name>', "the new secret's name, like prod/db")
      .option('--description <text>', 'what it is for')
      .option('--kms-key <key>', 'the key that encrypts it (default: alias/aws/secretsmanager)')
      .option('--binary', 'store it as binary even where it is text; what is not UTF-8 always is')
      .option(
        '--replica <region>',
        'a replica in this Region, REGION=KEY for a key of that Region; again for more',
        gather,
      )
      .option('--replace-deleted', 'where the name waits for its deletion: restore it, and give it the new value')
      .addHelpText('after', words),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    if (id.startsWith('arn:')) throw new UserError('usage', `a new secret takes a name, got an ARN: "${id}"`);
    const AddReplicaRegions = options.replica && readRegions(options.replica);
    const { secretsManager } = await context.clients(where);
    const bytes = await readNewValue(context, secretsManager, options, `Value of the new secret "${id}"`);
    const wanted = {
      ...{ Name: id, ...secretValue(bytes, options.binary), Description: options.description },
      ...{ KmsKeyId: options.kmsKey, Tags: options.tag, AddReplicaRegions },
    };
    const { ARN, ReplicationStatus } = await explainDeletion(secretsManager, id, create(), [
      `or give it the new value: --replace-deleted`,
    ]);
    await context.terminal.write(`${ARN}\n`);
    context.terminal.remark(`created secret "${id}"`);
    if (!options.generate)
      warnOfChoice(context.terminal, { kind: 'secret', name: id, text: Buffer.from(bytes).toString() });
    report(context.terminal, id, ReplicationStatus);

    async function create() {
      try {
        return await secretsManager.createSecret(wanted);
      } catch (error) {
        if (!options.replaceDeleted || !maySpeakOfDeletion(error)) throw error;
        return replaceDeleted(secretsManager, context.terminal, wanted, error as Error);
      }
    }
  },
};

const gather = (region: string, before: string[] = []) => [...before, region];
