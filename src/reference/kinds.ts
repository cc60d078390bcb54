import type { Where } from '../aws/session.ts';

export interface SecretReference {
  readonly kind: 'secret';
  /** Name or ARN. */
  readonly id: string;
  readonly stage?: string;
  readonly versionId?: string;
  /** A key of the JSON value, nested ones divided by "/" (a JSON Pointer without its first slash). */
  readonly key?: string;
  readonly where?: Where;
}

export interface ParameterReference {
  readonly kind: 'param';
  /** Name or ARN; of a tree its path, which ends with a slash. */
  readonly name: string;
  /** A version number or a label. */
  readonly version?: string;
  readonly key?: string;
  /** Whether it names all that is below a path. */
  readonly tree: boolean;
  readonly where?: Where;
}

export interface KeyReference {
  readonly kind: 'key';
  /** `alias/NAME`, id, or the ARN of either. */
  readonly id: string;
  readonly where?: Where;
}

export interface FileReference {
  readonly kind: 'file';
  readonly path: string;
}

export type Reference =
  | SecretReference
  | ParameterReference
  | KeyReference
  | FileReference
  | { readonly kind: 'env' }
  | { readonly kind: 'stdin' };
