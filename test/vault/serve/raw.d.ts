/** Sends exactly these bytes; resolves to all that comes back, until the other side closes or nothing more is to come. */
export declare function send(url: string, bytes: string | Uint8Array): Promise<string>;
/** What came back, in three parts. */
export declare function partsOf(answer: string): {
  status: number;
  headers: string;
  body: string;
};
/** A request as bytes: headers given as null are left out, those given twice come twice. */
export declare function requestBytes(
  url: string,
  headers: Record<string, string | string[] | null>,
  body: string | Uint8Array,
): Buffer<ArrayBuffer>;
