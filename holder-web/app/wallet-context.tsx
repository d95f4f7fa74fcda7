// How pages reach the wallet: its parts as they change, and the time. Pages render states and call verbs; they decide nothing.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Observable } from '#wallet-app/observable.ts';
import type { Holdings } from '#wallet-app/states.ts';
import type { WalletApp } from '#wallet-app/wallet-app.ts';

export { useNow, useOnline } from '#faces/device.ts';

export const WalletContext = createContext<WalletApp | undefined>(undefined);

export function useWallet(): WalletApp {
  const wallet = useContext(WalletContext);
  if (!wallet) throw new TypeError('there is no wallet around');
  return wallet;
}

/** The state of a part, anew whenever it changes. */
export function usePart<S>(part: Observable<S>): S {
  const [state, setState] = useState<S>(() => part.get());
  useEffect(() => {
    setState(() => part.get()); // it may have changed since the page was drawn
    return part.subscribe((next) => setState(() => next));
  }, [part]);
  return state;
}

/** What the open wallet holds; undefined for the moment in which it is read or has just been locked. */
export const useHoldings = (): Holdings | undefined => usePart(useWallet().holdings);
