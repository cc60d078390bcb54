import type { Ssm } from '../../../src/aws/services.ts';
import { openService, region } from '../service.ts';

/** A vault of its own, with a client for Parameter Store in one Region, or in another. */
export async function openSsm() {
  const service = await openService();
  const clientIn = (place: string) =>
    new Proxy({} as Ssm, {
      get:
        (_target, method: string) =>
        (input: object = {}) =>
          service.vault.handle({
            ...{ service: 'ssm', region: place, input },
            operation: method.charAt(0).toUpperCase() + method.slice(1),
          }),
    });
  return { ...service, ssm: clientIn(region), clientIn };
}
