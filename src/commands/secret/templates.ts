import type { Template } from './templates/template.ts';

/** Loaded when asked for. */
export const templates = {
  database: async (): Promise<Template> => (await import('./templates/credentials.ts')).database,
  'api-key': async (): Promise<Template> => (await import('./templates/credentials.ts')).apiKey,
  'oauth-client': async (): Promise<Template> => (await import('./templates/credentials.ts')).oauthClient,
  user: async (): Promise<Template> => (await import('./templates/credentials.ts')).user,
  'encryption-key': async (): Promise<Template> => (await import('./templates/encryption-key.ts')).encryptionKey,
  'ssh-key': async (): Promise<Template> => (await import('./templates/ssh-key.ts')).sshKey,
  tls: async (): Promise<Template> => (await import('./templates/tls.ts')).tls,
};

export type TemplateName = keyof typeof templates;

export const templateNames = Object.keys(templates) as TemplateName[];
