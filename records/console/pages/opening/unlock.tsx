// The locked keys, and those that cannot be opened.
import { UnlockScreen, UnusableScreen } from '#faces/parts/unlock.tsx';
import type { DoorState } from '../../desk/door.ts';
import { useDesk } from '../../desk-context.tsx';
import { useWords } from '../../speech.tsx';

export function UnlockPage({ door }: { readonly door: Extract<DoorState, { readonly name: 'locked' | 'unlocking' }> }) {
  const { w, failure } = useWords();
  const desk = useDesk();
  return <UnlockScreen door={door} words={{ ...w, wipe: w.unlock.wipe }} says={failure} unlock={(by) => desk.door.unlock(by.way, by.way === 'passphrase' ? by.passphrase : undefined)} />;
}

export function UnusablePage({ door }: { readonly door: Extract<DoorState, { readonly name: 'unusable' | 'unreadable' }> }) {
  const { w, failure } = useWords();
  return <UnusableScreen door={door} words={{ ...w, wipe: w.unlock.wipe }} says={failure} />;
}
