/*
 * Retries run to a deadline, not to a count: a throttled call finishes, only later. Waits are random up to a cap that
 * doubles from 50 ms to 1 s ("full jitter"), so that many callers do not come back at the same moment.
 */
const firstWait = 50;
const longestWait = 1000;
/** Milliseconds a throttled or failing service is given. */
const patience = 30_000;
/** Milliseconds an address where nobody answers is given: it may be starting. */
const patienceWithNobody = 1000;

export interface Pace {
  now(): number;
  wait(milliseconds: number): Promise<void>;
  random(): number;
}

const realPace: Pace = {
  now: Date.now,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** Calls `attempt` until it succeeds, fails for good, or its patience runs out; then its last error is thrown. */
export async function retrying<T>(attempt: () => Promise<T>, pace: Pace = realPace): Promise<T> {
  const start = pace.now();
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const wait = pace.random() * Math.min(longestWait, firstWait * 2 ** tries);
      if (pace.now() + wait - start > patienceWith(error as Failure, tries)) throw error;
      await pace.wait(wait);
    }
  }
}

interface Failure {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number; clockSkewCorrected?: boolean };
}

/** How long it is worth going on after this error. */
function patienceWith({ name = '', code = '', $metadata = {} }: Failure, tries: number): number {
  if (nobodyThere.has(code)) return patienceWithNobody;
  if (cutOff.has(code) || throttled.test(name)) return patience;
  if (($metadata.httpStatusCode ?? 0) >= 500 || $metadata.httpStatusCode === 429) return patience;
  return $metadata.clockSkewCorrected && tries === 0 ? patience : Number.NEGATIVE_INFINITY;
}

const nobodyThere = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const cutOff = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const throttled =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|RequestThrottledException|SlowDown|TooManyUpdates|PriorRequestNotComplete|TransactionInProgressException)$/;
