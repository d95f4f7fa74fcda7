// How pages reach the desk. Pages render states and call verbs; they decide nothing.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { createDoing, type Doing as DoingWith } from '#faces/doing.ts';
import type { Desk } from './desk/create-desk.ts';
import { failureOf, type Failure } from './desk/failure.ts';
import type { News } from './desk/patients.ts';

export { useNow, useOnline } from '#faces/device.ts';

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new TypeError('there is no desk around');
  return desk;
}

export type Doing = DoingWith<Failure>;
export const { useLoad, useDoing } = createDoing<Failure>(failureOf);

/** Milliseconds after which a page looks although nothing was told: a stream may be held up on its way without anybody noticing. */
const UNTOLD = 30_000;

/** Counts how often there was something new of a kind, for what is to be loaded anew. */
export function useNews(kind: News): number {
  const { patients } = useDesk();
  const [round, next] = useState(0);
  useEffect(() => {
    const look = () => next((before) => before + 1);
    const stop = patients.onNews((told) => { if (told === kind) look(); });
    const timer = setInterval(() => { if (!document.hidden) look(); }, UNTOLD);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [patients, kind]);
  return round;
}
