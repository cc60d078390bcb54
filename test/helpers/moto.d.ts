/** Whether moto's server can be started here. */
export declare const motoIsInstalled: boolean;
/** Starts moto's server on a free loopback port; resolves to its address once it answers. */
export declare function startMoto(): Promise<{
  endpoint: string;
  reset(): Promise<void>;
  stop(): void;
}>;
