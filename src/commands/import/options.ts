import type { FormatName } from '../../formats/formats.ts';
import type { PlanOptions } from '../../input/plan.ts';
import type { Tag } from '../tags.ts';
import type { RouteRule } from './route.ts';

export interface ImportOptions extends PlanOptions {
  format?: FormatName;
  prune?: boolean;
  skipExisting?: boolean;
  type?: 'String' | 'SecureString';
  kmsKey?: string;
  tag?: Tag[];
  route?: 'auto';
  secretsTo?: string;
  configTo?: string;
  routeRule?: RouteRule[];
}
