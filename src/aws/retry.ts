import { type Traffic, trafficTo } from './traffic.ts';

/*
 * Retries run to a deadline, not to a count: a throttled call finishes, only later. Waits are random up to a cap that
 * doubles from 50 ms to 1 s ("full jitter"), so that many callers do not come back at the same moment. Who is throttled is
 * the caller, not the call: as long as others of its calls get through, each of ten thousand waits for its turn.
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

/** The traffic of one client, at this pace. */
export const traffic = (pace: Pace = realPace): Traffic =>
  trafficTo(pace.now, (error) => isThrottling(error as Failure));

/**
 * Calls `attempt` until it succeeds, fails for good, or its patience runs out; then its last error is thrown. Of calls that
 * share their `traffic`, all are patient while one of them succeeds.
 */
export async function retrying<T>(
  attempt: () => Promise<T>,
  pace: Pace = realPace,
  shared: Traffic = traffic(pace),
): Promise<T> {
  let start: number | undefined;
  const timed = () => {
    start ??= pace.now();
    return attempt();
  };
  for (let tries = 0; ; tries += 1) {
    try {
      return await shared.send(timed);
    } catch (error) {
      const failure = error as Failure;
      const wait = pace.random() * Math.min(longestWait, firstWait * 2 ** tries);
      const since = isThrottling(failure) ? Math.max(start!, shared.lastDone) : start!;
      if (pace.now() + wait - since > patienceWith(failure, tries)) throw error;
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
  if (cutOff.has(code) || isThrottling({ name, $metadata })) return patience;
  if (($metadata.httpStatusCode ?? 0) >= 500) return patience;
  return $metadata.clockSkewCorrected && tries === 0 ? patience : Number.NEGATIVE_INFINITY;
}

const isThrottling = ({ name = '', $metadata }: Failure) => throttled.test(name) || $metadata?.httpStatusCode === 429;

const nobodyThere = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const cutOff = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const throttled =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|RequestThrottledException|SlowDown|TooManyUpdates|PriorRequestNotComplete|TransactionInProgressException)$/;
