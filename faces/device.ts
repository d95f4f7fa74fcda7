// What pages are told by the device under them: the time, and whether there is a network.
import { useEffect, useState } from 'preact/hooks';
import type { UnixSeconds } from '#passport';

/** Seconds since 1970, by the clock of the device. */
export const secondsNow = (): UnixSeconds => Math.floor(Date.now() / 1000) as UnixSeconds;

/** The present time, every `seconds`. */
export function useNow(seconds = 30): UnixSeconds {
  const [now, setNow] = useState(secondsNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(secondsNow()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}

/** Whether the browser has a network, as far as it knows. */
export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const follow = () => setOnline(navigator.onLine);
    for (const type of ['online', 'offline']) addEventListener(type, follow);
    return () => { for (const type of ['online', 'offline']) removeEventListener(type, follow); };
  }, []);
  return isOnline;
}
