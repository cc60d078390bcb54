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
