/** What is known of one thing beside its value, by what it is called: `description`, `tag env`. No secrets are in it. */
export type Details = Readonly<Record<string, string | undefined>>;

/** Of each thing by the name that its entry has, or why it could not be read. */
export type DetailsByName = ReadonlyMap<string, Details | Error>;
