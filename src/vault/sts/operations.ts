/** STS, by the names of the API. Each page is loaded when its operation is first called. */
export const operations = {
  AssumeRole: async () => (await import('./assume-role.ts')).assumeRole,
  GetAccessKeyInfo: async () => (await import('./get-access-key-info.ts')).getAccessKeyInfo,
  GetCallerIdentity: async () => (await import('./get-caller-identity.ts')).getCallerIdentity,
  GetSessionToken: async () => (await import('./get-session-token.ts')).getSessionToken,
};
