import type { Door } from './door.ts';

export interface Attempt {
  /** Milliseconds: when AWSCURRENT was read, and when the login was over. */
  readonly from: number;
  readonly to: number;
  readonly failed: boolean;
}

/** What reads AWSCURRENT and logs in with it, over and over, on so many connections. */
export function startLoginLoop(
  door: Door,
  name: string,
  logsIn: (value: string) => Promise<boolean>,
  connections: number,
): { stop(): Promise<Attempt[]> } {
  const attempts: Attempt[] = [];
  let goesOn = true;
  const loop = async () => {
    while (goesOn) {
      const from = performance.now();
      const { SecretString: value } = await door.call('GetSecretValue', { SecretId: name });
      const failed = !(await logsIn(value as string));
      attempts.push({ from, to: performance.now(), failed });
    }
  };
  const loops = Array.from({ length: connections }, loop);
  return {
    async stop() {
      goesOn = false;
      await Promise.all(loops);
      return attempts;
    },
  };
}
