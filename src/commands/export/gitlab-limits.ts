import type { Terminal } from '../../context.ts';

/** What GitLab takes where its administrator has said nothing else: https://docs.gitlab.com/administration/instance_limits/ */
const most = { variables: 20, bytes: 5 * 1024 };

/** The limits are each instance's own, so what is over them is written, and said. */
export function sayGitlabLimits(terminal: Terminal, count: number, text: string): void {
  const bytes = Buffer.byteLength(text);
  if (count <= most.variables && bytes <= most.bytes) return;
  const size = `${count} variables in ${bytes.toLocaleString('en')} bytes`;
  terminal.say(`GitLab may refuse the report: it is ${size}, and by default it takes 20 in 5,120`);
}
