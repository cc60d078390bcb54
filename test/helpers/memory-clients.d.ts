import type { SecretsManager, Ssm } from '../../src/aws/services.ts';
import type { Context } from '../../src/context.ts';
/** Clients over a vault in memory, as the commands are given them. */
export declare function memoryClients(): Promise<{
  secretsManager: SecretsManager;
  ssm: Ssm;
}>;
type Method = (input: never) => Promise<object>;
/** The same client with some methods exchanged. */
export declare const instead: <Client extends object>(client: Client, methods: Record<string, Method>) => Client;
/** A method that AWS refuses with an error of this type. */
export declare const refused: (name: string) => () => Promise<never>;
/** What a verb is given: these clients, and a terminal made of buffers. */
export declare function contextOver(
  clients: object,
  terminal?: {
    write: (data: string | Uint8Array) => Promise<undefined>;
    say: (line: string) => undefined;
    remark: (line: string) => undefined;
    outIsTTY: boolean;
    inIsTTY: boolean;
    errIsTTY: boolean;
    columns: number;
    readAll: () => Promise<Buffer<ArrayBuffer>>;
    promptHidden: (question: string) => Promise<string>;
    confirm: (question: string) => Promise<boolean>;
    readonly bytes: Uint8Array;
    readonly stdout: string;
    said: string[];
  },
): {
  context: Context;
  terminal: {
    write: (data: string | Uint8Array) => Promise<undefined>;
    say: (line: string) => undefined;
    remark: (line: string) => undefined;
    outIsTTY: boolean;
    inIsTTY: boolean;
    errIsTTY: boolean;
    columns: number;
    readAll: () => Promise<Buffer<ArrayBuffer>>;
    promptHidden: (question: string) => Promise<string>;
    confirm: (question: string) => Promise<boolean>;
    readonly bytes: Uint8Array;
    readonly stdout: string;
    said: string[];
  };
};
