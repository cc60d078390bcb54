import type { Verb } from '../commands/verb.ts';
import { takesValue } from './session-options.ts';

export interface Leaf {
  readonly summary: string;
  /** What it is called in help, where this is another name for it. */
  readonly aliasOf?: string;
  /** Loaded only when it is the one that was called. */
  load(): Promise<{ verb: Verb<never> }>;
}

export interface Branch {
  readonly summary: string;
  /** Of many verbs: what help writes above those that begin with this one. */
  readonly headings?: Readonly<Record<string, string>>;
  readonly verbs: Readonly<Record<string, Leaf | Branch>>;
}

const leaf = (summary: string, load: Leaf['load']): Leaf => ({ summary, load });
/** Another name, that help does not show, for those who know it by that. */
const alias = (aliasOf: string, one: Leaf): Leaf => ({ ...one, aliasOf });

const keyRestore = leaf('keep a key that waits for its deletion', () => import('../commands/key/restore.ts'));

/** The table of contents: the path to a page is the command line. */
const tree: Branch = {
  summary: 'Secrets Manager, Parameter Store and KMS, on AWS or in a local vault',
  verbs: {
    secret: {
      summary: 'secrets of Secrets Manager',
      verbs: {
        create: leaf('make a secret', () => import('../commands/secret/create.ts')),
        get: leaf("print a secret's value", () => import('../commands/secret/get.ts')),
        put: leaf('store a new version of the whole value', () => import('../commands/secret/put.ts')),
        set: leaf('change one key of a JSON secret', () => import('../commands/secret/set.ts')),
        unset: leaf('remove one key of a JSON secret', () => import('../commands/secret/unset.ts')),
        edit: leaf('change a value in your editor', () => import('../commands/secret/edit.ts')),
        list: leaf('list secrets', () => import('../commands/secret/list.ts')),
        describe: leaf('show all about a secret but its value', () => import('../commands/secret/describe.ts')),
        versions: leaf('list the versions of a secret', () => import('../commands/secret/versions.ts')),
        rollback: leaf('make an older version current again', () => import('../commands/secret/rollback.ts')),
        stage: {
          summary: 'labels of versions',
          verbs: {
            move: leaf('give a stage to a version', () => import('../commands/secret/stage/move.ts')),
            remove: leaf('take a stage away', () => import('../commands/secret/stage/remove.ts')),
          },
        },
        copy: leaf('copy a secret, to another place, too', () => import('../commands/secret/copy.ts')),
        move: leaf('move a secret, to another place, too', () => import('../commands/secret/move.ts')),
        delete: leaf('schedule a secret for deletion', () => import('../commands/secret/delete.ts')),
        restore: leaf('bring a secret back that waits for its deletion', () => import('../commands/secret/restore.ts')),
        replicate: {
          summary: 'copies in other Regions',
          verbs: {
            add: leaf('replicate a secret to Regions', () => import('../commands/secret/replicate/add.ts')),
            remove: leaf('delete replicas', () => import('../commands/secret/replicate/remove.ts')),
            promote: leaf(
              'make a replica a secret of its own',
              () => import('../commands/secret/replicate/promote.ts'),
            ),
            status: leaf('list the replicas of a secret', () => import('../commands/secret/replicate/status.ts')),
          },
        },
        policy: {
          summary: 'who may use a secret',
          verbs: {
            get: leaf('print the policy of a secret', () => import('../commands/secret/policy/get.ts')),
            set: leaf('let a policy say who may use it', () => import('../commands/secret/policy/set.ts')),
            validate: leaf('say what is wrong with a policy', () => import('../commands/secret/policy/validate.ts')),
            delete: leaf('delete the policy of a secret', () => import('../commands/secret/policy/delete.ts')),
          },
        },
        random: leaf('print a random password', () => import('../commands/secret/random.ts')),
        snippet: leaf('print code that reads a secret', () => import('../commands/secret/snippet.ts')),
        unused: leaf('list what nobody reads, and its cost', () => import('../commands/secret/unused.ts')),
      },
    },
    param: {
      summary: 'parameters of Parameter Store',
      verbs: {
        put: leaf('make or change a parameter', () => import('../commands/param/put.ts')),
        get: leaf('print values: one, many or a tree', () => import('../commands/param/get.ts')),
        list: leaf('list parameters', () => import('../commands/param/list.ts')),
        tree: leaf('draw the names as a tree', () => import('../commands/param/tree.ts')),
        find: leaf('list parameters by parts of the name', () => import('../commands/param/find.ts')),
        history: leaf('list the versions of a parameter', () => import('../commands/param/history.ts')),
        label: leaf('give labels to a version', () => import('../commands/param/label.ts')),
        unlabel: leaf('take labels away', () => import('../commands/param/unlabel.ts')),
        rollback: leaf('store an older value once more', () => import('../commands/param/rollback.ts')),
        edit: leaf('change a value in your editor', () => import('../commands/param/edit.ts')),
        delete: leaf('delete parameters', () => import('../commands/param/delete.ts')),
        restore: leaf('bring a deleted parameter back', () => import('../commands/param/restore.ts')),
        copy: leaf('copy parameters between places', () => import('../commands/param/copy.ts')),
      },
    },
    key: {
      summary: 'keys of KMS',
      headings: { create: 'Keys:', alias: 'Names, permissions, material and Regions:', encrypt: 'What keys do:' },
      verbs: {
        create: leaf('make a key', () => import('../commands/key/create.ts')),
        list: leaf('list keys and their aliases', () => import('../commands/key/list.ts')),
        describe: leaf('show all about a key', () => import('../commands/key/describe.ts')),
        explain: leaf('say what a key can do, or why it does not decrypt', () => import('../commands/key/explain.ts')),
        update: leaf('say what a key is for', () => import('../commands/key/update.ts')),
        enable: leaf('let a key be used again', () => import('../commands/key/enable.ts')),
        disable: leaf('let nobody use a key for now', () => import('../commands/key/disable.ts')),
        delete: leaf('schedule a key for deletion', () => import('../commands/key/delete.ts')),
        restore: keyRestore,
        cancel: alias('restore', keyRestore),
        alias: {
          summary: 'names for keys',
          verbs: {
            set: leaf('let a name stand for a key', () => import('../commands/key/alias/set.ts')),
            remove: leaf('take a name away', () => import('../commands/key/alias/remove.ts')),
            list: leaf('list names', () => import('../commands/key/alias/list.ts')),
          },
        },
        policy: {
          summary: 'who may use a key',
          verbs: {
            get: leaf('print the policy of a key', () => import('../commands/key/policy/get.ts')),
            set: leaf('replace the policy of a key', () => import('../commands/key/policy/set.ts')),
          },
        },
        grant: {
          summary: 'who may use a key besides, and for what',
          verbs: {
            create: leaf('let somebody use a key', () => import('../commands/key/grant/create.ts')),
            list: leaf('list the grants of a key', () => import('../commands/key/grant/list.ts')),
            revoke: leaf('take a grant back', () => import('../commands/key/grant/revoke.ts')),
            retire: leaf('give a grant back', () => import('../commands/key/grant/retire.ts')),
          },
        },
        rotate: {
          summary: 'new material for keys',
          verbs: {
            on: leaf('let a key rotate by itself', () => import('../commands/key/rotate/on.ts')),
            off: leaf('let it rotate no longer', () => import('../commands/key/rotate/off.ts')),
            now: leaf('rotate a key at once', () => import('../commands/key/rotate/now.ts')),
            status: leaf('show when a key rotates', () => import('../commands/key/rotate/status.ts')),
            history: leaf('list the rotations of a key', () => import('../commands/key/rotate/history.ts')),
          },
        },
        import: leaf('give a key material of your own', () => import('../commands/key/import.ts')),
        'delete-material': leaf('delete imported material', () => import('../commands/key/delete-material.ts')),
        replicate: leaf('make a replica in another Region', () => import('../commands/key/replicate.ts')),
        primary: leaf('move the primary key to another Region', () => import('../commands/key/primary.ts')),
        encrypt: leaf('encrypt up to 4,096 bytes', () => import('../commands/key/encrypt.ts')),
        decrypt: leaf('decrypt what "key encrypt" made', () => import('../commands/key/decrypt.ts')),
        're-encrypt': leaf('move a ciphertext to another key', () => import('../commands/key/re-encrypt.ts')),
        sign: leaf('sign a file, or a digest', () => import('../commands/key/sign.ts')),
        verify: leaf('say whether a signature is true', () => import('../commands/key/verify.ts')),
        mac: leaf('make a MAC of a message', () => import('../commands/key/mac.ts')),
        'verify-mac': leaf('say whether a MAC is true', () => import('../commands/key/verify-mac.ts')),
        'public-key': leaf('print the public half of a key', () => import('../commands/key/public-key.ts')),
        derive: leaf('agree on a secret with somebody', () => import('../commands/key/derive.ts')),
        'data-key': leaf('make a key for envelope encryption', () => import('../commands/key/data-key.ts')),
        'data-key-pair': leaf(
          'make a key pair, its private half wrapped',
          () => import('../commands/key/data-key-pair.ts'),
        ),
        random: leaf('print random bytes', () => import('../commands/key/random.ts')),
      },
    },
    rotate: {
      summary: 'new passwords, in the secret and the database',
      verbs: {
        now: leaf('rotate a secret at once', () => import('../commands/rotate/now.ts')),
        status: leaf('list rotations, and what is stuck', () => import('../commands/rotate/status.ts')),
        recover: leaf('end a rotation that was cut off', () => import('../commands/rotate/recover.ts')),
        test: leaf('say whether the current value logs in', () => import('../commands/rotate/test.ts')),
        policy: leaf('say what new passwords are made of', () => import('../commands/rotate/policy.ts')),
        rollback: leaf('go back to the password before', () => import('../commands/rotate/rollback.ts')),
        schedule: leaf('rotate a secret again and again', () => import('../commands/rotate/schedule.ts')),
        unschedule: leaf('rotate it on no schedule any more', () => import('../commands/rotate/unschedule.ts')),
        due: leaf('rotate all whose time has come', () => import('../commands/rotate/due.ts')),
        function: {
          summary: "what stands for AWS's functions here",
          verbs: {
            add: leaf('say what rotates in place of a function', () => import('../commands/rotate/function/add.ts')),
            list: leaf('list what stands for functions', () => import('../commands/rotate/function/list.ts')),
            remove: leaf('let nothing stand for it', () => import('../commands/rotate/function/remove.ts')),
          },
        },
      },
    },
    tag: {
      summary: 'tags of secrets, parameters and keys',
      verbs: {
        list: leaf('list the tags of one thing', () => import('../commands/tag/list.ts')),
        add: leaf('give tags, to one or to many', () => import('../commands/tag/add.ts')),
        remove: leaf('take tags away', () => import('../commands/tag/remove.ts')),
        set: leaf('these tags and no others', () => import('../commands/tag/set.ts')),
        copy: leaf('give the tags of one thing to others', () => import('../commands/tag/copy.ts')),
        find: leaf('list what has tags', () => import('../commands/tag/find.ts')),
        check: leaf('list what does not keep to a policy', () => import('../commands/tag/check.ts')),
        cost: leaf('add up what is kept, by a tag', () => import('../commands/tag/cost.ts')),
      },
    },
    diff: leaf('say what differs between any two of them', () => import('../commands/diff.ts')),
    exec: leaf('run a command with secrets in its environment', () => import('../commands/exec.ts')),
    export: leaf('write values as a file, or for CI', () => import('../commands/export.ts')),
    import: leaf('store what a file holds', () => import('../commands/import.ts')),
    render: leaf('fill a template with values', () => import('../commands/render.ts')),
    encrypt: leaf('seal a file, a stream or a folder', () => import('../commands/encrypt.ts')),
    decrypt: leaf('open what is sealed', () => import('../commands/decrypt.ts')),
    inspect: leaf('say what a sealed file is, and who can open it', () => import('../commands/inspect.ts')),
    rewrap: leaf('change who can open a sealed file', () => import('../commands/rewrap.ts')),
    keygen: leaf('make a key in a file, to seal with', () => import('../commands/keygen.ts')),
    vault: {
      summary: 'the local vault',
      verbs: {
        init: leaf('make a vault', () => import('../commands/vault/init.ts')),
        list: leaf('list the vaults that have a name', () => import('../commands/vault/list.ts')),
        info: leaf('show what a vault is and holds', () => import('../commands/vault/info.ts')),
        keys: {
          summary: 'access keys for "vault serve"',
          verbs: {
            create: leaf('make an access key', () => import('../commands/vault/keys/create.ts')),
            list: leaf('list access keys', () => import('../commands/vault/keys/list.ts')),
            disable: leaf('turn an access key off', () => import('../commands/vault/keys/disable.ts')),
            enable: leaf('turn an access key on again', () => import('../commands/vault/keys/enable.ts')),
            delete: leaf('delete an access key', () => import('../commands/vault/keys/delete.ts')),
          },
        },
        serve: leaf('answer AWS SDKs on a local port', () => import('../commands/vault/serve.ts')),
        backup: leaf('write all of a vault into one sealed file', () => import('../commands/vault/backup.ts')),
        restore: leaf('make a vault of a backup', () => import('../commands/vault/restore.ts')),
        export: leaf('print all of a vault as sealed JSON lines', () => import('../commands/vault/export.ts')),
        import: leaf('take in what "vault export" printed', () => import('../commands/vault/import.ts')),
        destroy: leaf('delete a vault for good', () => import('../commands/vault/destroy.ts')),
        rekey: leaf('give a vault a new key or passphrase', () => import('../commands/vault/rekey.ts')),
        'recovery-key': leaf('make a key for paper', () => import('../commands/vault/recovery-key.ts')),
        verify: leaf('open every value and check every reference', () => import('../commands/vault/verify.ts')),
      },
    },
    completion: leaf('complete words at TAB', () => import('../commands/completion.ts')),
    doctor: leaf('say who and where you are, and what is missing', () => import('../commands/doctor.ts')),
  },
};

/** How far the words of a command line lead down the tree. */
export interface Found {
  /** `['secret', 'get']` */
  readonly path: readonly string[];
  readonly node: Leaf | Branch;
  /** The command line without them: session flags may stand in front of the verb. */
  readonly rest: readonly string[];
}

export function find(argv: readonly string[]): Found {
  const path: string[] = [];
  const rest: string[] = [];
  let node: Leaf | Branch = tree;
  const words = [...argv];
  while (words.length > 0 && words[0] !== '--' && 'verbs' in node) {
    const word = words[0]!;
    if (word.startsWith('-')) {
      rest.push(...words.splice(0, takesValue.has(word) ? 2 : 1));
    } else if (Object.hasOwn(node.verbs, word)) {
      node = node.verbs[word]!;
      words.shift();
      path.push(('aliasOf' in node && node.aliasOf) || word);
    } else break;
  }
  return { path, node, rest: [...rest, ...words] };
}

/** The verb that `argv` calls, like `secret get`; empty where it calls none. */
export const verbOf = (argv: readonly string[]): string => find(argv).path.join(' ');
