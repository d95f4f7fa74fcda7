// Whoever is suspended is told so, and that nothing can be done here.
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { useWords } from '../../speech.tsx';

export function SuspendedPage() {
  const { w } = useWords();
  const { gateway } = useDesk();
  const doing = useDoing();
  return (
    <Screen title={w.suspended.title}>
      <Notice kind="bad" alert>{w.suspended.says}</Notice>
      <div class="row"><Button kind="secondary" busy={doing.busy} onClick={() => void doing.run(() => gateway.enter())}>{w.suspended.look}</Button></div>
    </Screen>
  );
}
