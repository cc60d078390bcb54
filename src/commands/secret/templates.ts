/** A JSON value of a known shape. */
export interface Template {
  /** Keys that must be given, none of them a secret. */
  readonly needs: readonly string[];
  /** The key that is a secret: given, generated or asked for. */
  readonly secret?: string;
  /** What a generated secret is better without, where nothing else is said. */
  readonly excludeCharacters?: string;
  /** The members, of what was given. Throws code `usage`. */
  build(given: Readonly<Record<string, string>>, now: Date): Promise<object> | object;
}

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
