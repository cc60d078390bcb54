import { describe, expect, it } from 'vitest';
import { retrying, traffic } from '../../src/aws/retry.ts';

/** A pace whose clock moves only by waiting, and which waits as long as it may. */
function paceForTests() {
  let time = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    random: () => 1,
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  };
}

const failure = (fields: object) => Object.assign(new Error('no'), fields);

function failing(times: number, error: Error) {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw error;
    return 'done';
  };
}

describe('retrying', () => {
  it('goes on for as long as the service throttles, waiting longer up to a second', async () => {
    const pace = paceForTests();
    await expect(retrying(failing(20, failure({ name: 'ThrottlingException' })), pace)).resolves.toBe('done');
    expect(pace.waits.slice(0, 7)).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
  });

  it('throws the last error once its patience is at an end', async () => {
    const pace = paceForTests();
    const error = failure({ name: 'ThrottlingException' });
    await expect(retrying(failing(1000, error), pace)).rejects.toBe(error);
    expect(pace.now()).toBeGreaterThan(29_000);
    expect(pace.now()).toBeLessThanOrEqual(30_000);
  });

  it.each([
    ['a server error', { $metadata: { httpStatusCode: 503 } }],
    ['a connection that was cut', { code: 'ECONNRESET' }],
    ['429', { $metadata: { httpStatusCode: 429 } }],
  ])('tries again after %s', async (_, fields) => {
    await expect(retrying(failing(5, failure(fields)), paceForTests())).resolves.toBe('done');
  });

  it.each([
    ['not found', { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } }],
    ['denied', { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }],
  ])('does not try again after %s', async (_, fields) => {
    const pace = paceForTests();
    await expect(retrying(failing(1, failure(fields)), pace)).rejects.toThrow('no');
    expect(pace.waits).toEqual([]);
  });

  it('gives an address where nobody answers one second', async () => {
    const pace = paceForTests();
    await expect(retrying(failing(1000, failure({ code: 'ECONNREFUSED' })), pace)).rejects.toThrow('no');
    expect(pace.now()).toBeLessThanOrEqual(1000);
  });

  it('tries once more with the clock put right', async () => {
    const skewed = failure({ name: 'InvalidSignatureException', $metadata: { clockSkewCorrected: true } });
    await expect(retrying(failing(1, skewed), paceForTests())).resolves.toBe('done');
    await expect(retrying(failing(2, skewed), paceForTests())).rejects.toThrow('no');
  });
});

describe('calls that share their traffic', () => {
  it('are patient for as long as one of them gets through', async () => {
    const pace = paceForTests();
    const shared = traffic(pace);
    const unlucky = retrying(failing(60, failure({ name: 'ThrottlingException' })), pace, shared);
    const others = (async () => {
      while (pace.now() < 90_000) {
        await retrying(async () => 'done', pace, shared);
        await pace.wait(1000);
      }
    })();
    await expect(unlucky).resolves.toBe('done');
    expect(pace.now()).toBeGreaterThan(90_000);
    await others;
  });

  it('are not patient with a call that fails by itself while others get through', async () => {
    const pace = paceForTests();
    const shared = traffic(pace);
    const error = failure({ $metadata: { httpStatusCode: 500 } });
    const attempt = async () => {
      await retrying(async () => 'done', pace, shared);
      throw error;
    };
    await expect(retrying(attempt, pace, shared)).rejects.toBe(error);
    expect(pace.now()).toBeLessThanOrEqual(30_000);
  });
});
