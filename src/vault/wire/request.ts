/** A request as it came, from a socket or from an SDK's own hands. */
export interface WireRequest {
  readonly method: string;
  /** Path and query: `/?Action=GetCallerIdentity`. */
  readonly target: string;
  /** By lower-case name; a header that came more than once has its values joined by commas, as signatures want it. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What stands in front of `;` in Content-Type. */
export const mediaTypeOf = ({ headers }: WireRequest): string =>
  (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

export const pathOf = ({ target }: WireRequest): string => target.split('?', 1)[0]!;
export const queryOf = ({ target }: WireRequest): string => target.slice(pathOf({ target } as WireRequest).length + 1);
