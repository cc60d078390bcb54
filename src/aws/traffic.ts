/** Requests to one service that may be on their way at once: between which numbers, and how many at first. */
const fewest = 4;
const atFirst = 8;
const most = 16;

/** What is on its way to one service, and how it fares. */
export interface Traffic {
  /** Sends once there is room. */
  send<T>(attempt: () => Promise<T>): Promise<T>;
  /** When the service last did what any of the requests asked for. */
  readonly lastDone: number;
}

/**
 * Makes room for more while a service does what it is asked, one a round, and for half as many once it throttles: the pace
 * that it allows is found, whatever its limit is, and kept to (additive increase, multiplicative decrease, as in TCP).
 */
export function trafficTo(now: () => number, isThrottling: (error: unknown) => boolean): Traffic {
  let [room, underWay, slowed, lastDone] = [atFirst, 0, 0, Number.NEGATIVE_INFINITY];
  const waiting: (() => void)[] = [];

  async function enter(): Promise<void> {
    while (underWay >= Math.floor(room)) await new Promise<void>((resolve) => waiting.push(resolve));
    underWay += 1;
  }

  function leave(): void {
    underWay -= 1;
    for (const goOn of waiting.splice(0, Math.floor(room) - underWay)) goOn();
  }

  return {
    get lastDone() {
      return lastDone;
    },
    async send(attempt) {
      await enter();
      const before = slowed;
      try {
        const answer = await attempt();
        room = Math.min(most, room + 1 / room);
        lastDone = now();
        return answer;
      } catch (error) {
        // What was on its way together is throttled together: it counts once.
        if (isThrottling(error) && before === slowed) {
          room = Math.max(fewest, room / 2);
          slowed += 1;
        }
        throw error;
      } finally {
        leave();
      }
    },
  };
}
