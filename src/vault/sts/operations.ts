/** Each page is loaded when its operation is first called. */
export const operations = {
  GetCallerIdentity: async () => (await import('./get-caller-identity.ts')).getCallerIdentity,
};
