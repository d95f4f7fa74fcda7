// The locked wallet, and the one that cannot be opened.
import { UnlockScreen, UnusableScreen } from '#faces/parts/unlock.tsx';
import type { DoorState } from '#wallet-app/states.ts';
import { useWords } from '../speech.tsx';
import { useWallet } from '../wallet-context.tsx';

export function UnlockPage({ door }: { readonly door: Extract<DoorState, { readonly name: 'locked' | 'unlocking' }> }) {
  const { w, failure } = useWords();
  const wallet = useWallet();
  return <UnlockScreen door={door} words={{ ...w, wipe: w.more.wipe }} says={failure} unlock={wallet.door.unlock} />;
}

export function UnusablePage({ door }: { readonly door: Extract<DoorState, { readonly name: 'unusable' | 'unreadable' }> }) {
  const { w, failure } = useWords();
  return <UnusableScreen door={door} words={{ ...w, wipe: w.more.wipe }} says={failure} />;
}
