import type { Direction } from './difference.ts';

/** One difference, as it is printed: values by their marks and sizes, unless they are to be seen. */
export interface Shown {
  readonly Name: string;
  /** With --meta what it is of what the name stands for: its value, a tag, its policy. */
  readonly Of?: string;
  readonly Change: Direction;
  readonly From?: string | Uint8Array;
  readonly FromBytes?: number;
  readonly FromType?: string;
  readonly To?: string | Uint8Array;
  readonly ToBytes?: number;
  readonly ToType?: string;
}
