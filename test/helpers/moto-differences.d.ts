/**
 * Where moto's server does not answer as AWS documents, by script and line: why. A line that is listed here and does not
 * differ any more fails the test.
 */
export declare const motoDifferences: Record<string, Record<number, string>>;
