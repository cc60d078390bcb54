import type { Terminal } from '../context.ts';
import { holdsPrivateKey, isNamedSecret, isSetting } from './looks.ts';

interface Stored {
  readonly kind: 'secret' | 'param';
  readonly name: string;
  readonly text: string;
  /** Of a parameter; undefined where it keeps its own. */
  readonly type?: string;
}

type Doubt = readonly [looksSo: (stored: Stored) => boolean, warning: string];

const plainly = (type: 'String' | 'StringList'): Doubt => [
  (stored) => stored.kind === 'param' && stored.type === type && isSecretive(stored),
  `a ${type} is not encrypted, and this looks like a secret; leave out --type for a SecureString`,
];

const isSecretive = ({ name, text }: Stored) => isNamedSecret(name) || holdsPrivateKey(text);

const doubts: readonly Doubt[] = [
  [
    ({ text }) => /(?<![A-Z0-9])ASIA[A-Z0-9]{16}(?![A-Z0-9])/.test(text),
    'it holds temporary AWS credentials (ASIA...), which end by themselves; a role makes new ones: --role-arn',
  ],
  plainly('String'),
  plainly('StringList'),
  [
    ({ kind, text }) => kind === 'secret' && isSetting(text),
    'it looks like a setting, and a secret costs $0.40 a month; a parameter costs nothing: "latchkey param put"',
  ],
];

/** Says so where what was stored looks as if it belonged elsewhere; of the value itself it says nothing. */
export function warnOfChoice(terminal: Terminal, stored: Stored): void {
  for (const [looksSo, warning] of doubts) {
    if (looksSo(stored)) terminal.say(`latchkey: warning: ${warning} (see "latchkey help choose")`);
  }
}
