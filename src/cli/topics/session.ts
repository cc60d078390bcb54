import { flags } from '../session-options.ts';

export const page = `Who and where, for every command, before or after the verb:

${flags.map(([flag, description]) => `  ${flag.padEnd(32)} ${description}`).join('\n')}

A flag beats the environment (LATCHKEY_VAULT, AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL ...),
and the environment beats the profile. "latchkey doctor" says what it came to.
`;
