export const page = `How secrets are kept from where they should not be:

  in        from --value-file, standard input or a hidden prompt, in this order. A value in argv only behind --value,
            since other users can read the process list.
  out       "get" prints the value and nothing else. Lists, plans, errors and talk never hold one; --reveal asks for it.
            What comes from elsewhere is made visible on a terminal, never sent to it raw.
  children  "exec" hands secrets over in the environment, not in arguments, and passes no key of the vault on. What it
            writes for --file goes when the command has ended.
  files     0600, folders 0700, written whole or not at all. An editor's file lives in a folder of its own, and goes.
  vault     every value under AES-256-GCM and a data key of its own; what it belongs to is authenticated with it.
            Names, tags and dates are not encrypted; a backup or an export hides them, too.
  server    "vault serve" listens on 127.0.0.1, checks every signature, and refuses browsers.

What you may need: --show-policy prints the least IAM policy that a command needs, --show-calls says each call it makes.
`;
