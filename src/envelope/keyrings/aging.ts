/** So many are kept at once; then the oldest is forgotten. */
const most = 1000;

/** Things by name that are forgotten when they are too old. */
export class Aging<T> {
  readonly #seconds: number;
  readonly #clock: () => number;
  readonly #kept = new Map<string, { readonly value: T; readonly since: number }>();

  /** `clock`: milliseconds that only go forward. */
  constructor(seconds: number, clock: () => number) {
    this.#seconds = seconds;
    this.#clock = clock;
  }

  get(name: string): T | undefined {
    const found = this.#kept.get(name);
    return found && this.#clock() - found.since < 1000 * this.#seconds ? found.value : undefined;
  }

  set(name: string, value: T): void {
    this.#kept.delete(name);
    this.#kept.set(name, { value, since: this.#clock() });
    if (this.#kept.size > most) this.#kept.delete(this.#kept.keys().next().value!);
  }

  /** Forgets it, unless the name has another by now. */
  forget(name: string, value: T): void {
    if (this.#kept.get(name)?.value === value) this.#kept.delete(name);
  }
}
