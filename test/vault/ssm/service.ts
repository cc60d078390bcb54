import type { SSM } from '@aws-sdk/client-ssm';
import { openService } from '../service.ts';

/** A vault of its own, with a client for Parameter Store in one Region, or in another. */
export async function openSsm() {
  const service = await openService();
  return { ...service, clientIn: (region: string) => service.client<SSM>('ssm', { region }) };
}
