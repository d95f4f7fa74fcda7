// What only staff may do: the way in, and the question again when a session has ended, over the page that they were at.
import type { ComponentChildren } from 'preact';
import { Button } from '#faces/parts/button.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { useStaff } from '#faces/staff/gate.tsx';
import { createStaff, type Me, type Staff } from '#faces/staff/staff.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { useScanner } from '../scanner-context.tsx';
import type { Scanner } from '../state/scanner.ts';
import type { Words } from '../words/index.ts';

/** One for each scanner: whoever is signed in stays so from page to page. */
const staffs = new WeakMap<Scanner, Staff>();

export function useScannerStaff(): Staff {
  const scanner = useScanner();
  const staff = staffs.get(scanner) ?? createStaff();
  staffs.set(scanner, staff);
  return staff;
}

export function WithStaff({ children }: { readonly children: (me: Me, staff: Staff) => ComponentChildren }) {
  const { w: { rules: { signIn: words } }, shared } = useSpeech<Words>();
  const staff = useScannerStaff();
  const state = useStaff(staff);
  if (state.name === 'starting') return <p role="status">{shared.loading}</p>;
  if (state.name === 'unreachable') return <Notice kind="warn"><p>{words.offline}</p><p><Button kind="secondary" onClick={() => void staff.load()}>{shared.tryAgain}</Button></p></Notice>;
  const enter = <Button onClick={() => void staff.signIn()}>{words.button}</Button>;
  const failure = state.failure && <Notice kind="bad" alert>{words.failed}</Notice>;
  if (state.name === 'signed-out') return <div class="stack">{failure}<p>{words.text}</p><p>{enter}</p></div>;
  return (
    <>
      {children(state.me, staff)}
      {state.asks !== undefined && <Dialog title={words.button} onClose={staff.leave}><p>{words.text}</p>{failure}<div class="row">{enter}<Button kind="quiet" onClick={staff.leave}>{shared.cancel}</Button></div></Dialog>}
    </>
  );
}
