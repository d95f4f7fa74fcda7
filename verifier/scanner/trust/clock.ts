// Whether this device's clock can be relied upon. A wrong clock makes old codes young and young ones old, so nothing is decided by it: it is
// compared with the service's at every fetch, with the time of the last use, and with the time that has passed since (which no one can set).
import { CLOCK_SKEW } from '#verifier/checks/limits.ts';
import type { ClockState } from './report.ts';

/** What `Date` headers lose: they are whole seconds, and the answer was under way. */
const TOLERANCE = CLOCK_SKEW;

/** Both in milliseconds: the clock on the wall, and one that only runs forward. */
export type Times = { readonly wall: () => number; readonly steady: () => number };

export type ClockWatch = {
  readonly state: () => ClockState;
  /** Told the time by the service, in Unix seconds. */
  readonly compare: (serviceTime: number) => void;
  /** Told when this device was last used, in Unix seconds: its clock cannot be before that. */
  readonly lastUsed: (time: number) => void;
};

export function createClockWatch({ wall, steady }: Times): ClockWatch {
  let ahead: number | undefined;
  let isBeforeLastUse = false;
  /** What wall and steady clock differed by when the clock was last looked at. */
  let difference = wall() - steady();
  const turned = () => (wall() - steady() - difference) / 1000;
  return {
    state() {
      if (ahead !== undefined) {
        // Turned since it was compared. A device that slept may count the time only on the wall: forward is no proof, back is.
        const now = ahead + Math.min(turned(), 0);
        return Math.abs(now) > TOLERANCE ? { name: 'wrong', ahead: Math.round(now) } : { name: 'right' };
      }
      return isBeforeLastUse || turned() < -TOLERANCE ? { name: 'wrong', ahead: undefined } : { name: 'unchecked' };
    },
    compare(serviceTime) {
      ahead = wall() / 1000 - serviceTime;
      difference = wall() - steady();
      isBeforeLastUse = false;
    },
    lastUsed(time) {
      isBeforeLastUse = wall() / 1000 < time - TOLERANCE;
    },
  };
}
