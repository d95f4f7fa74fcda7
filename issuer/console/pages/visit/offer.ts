// What becomes of an offer, as the service tells it.
import { useEffect, useState } from 'preact/hooks';
import type { Offer, OfferState } from '../../api.ts';
import { useConsole } from '../../console.tsx';

export const ENDED: readonly OfferState[] = ['accepted', 'failed', 'deleted', 'cancelled', 'locked', 'expired'];
/** Milliseconds until it is asked again after the line broke. */
const PATIENCE = 2000;

export function useOffer(id: string, from: OfferState): OfferState {
  const { api } = useConsole();
  const [state, set] = useState<OfferState>(from);
  useEffect(() => {
    let events: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const take = (offer: Pick<Offer, 'state'>) => {
      set(offer.state);
      if (ENDED.includes(offer.state)) events?.close();
      return !ENDED.includes(offer.state);
    };
    const listen = () => {
      events = new EventSource(`/offers/${encodeURIComponent(id)}/events`);
      events.addEventListener('offer', ({ data }) => void take(JSON.parse(String(data)) as Offer));
      events.addEventListener('error', () => {
        events?.close();
        if (!left) timer = setTimeout(() => void look(), PATIENCE);
      });
    };
    /** A stream does not say why it ended: a question does, and asks to sign in where that is it. */
    const look = async () => {
      const goesOn = await api.offers.one(id).then(take, () => !left);
      if (goesOn && !left) listen();
    };
    listen();
    return () => {
      left = true;
      clearTimeout(timer);
      events?.close();
    };
  }, [id]);
  return state;
}
