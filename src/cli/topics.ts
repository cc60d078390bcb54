/** Pages of "latchkey help TOPIC": each is loaded only when it is asked for. */
export const topics: Readonly<Record<string, () => Promise<{ page: string }>>> = {
  choose: () => import('./topics/choose.ts'),
  references: () => import('./topics/references.ts'),
  session: () => import('./topics/session.ts'),
  'exit-codes': () => import('./topics/exit-codes.ts'),
  security: () => import('./topics/security.ts'),
};
