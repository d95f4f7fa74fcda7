// Which keys do what (`?`).
import { Button } from '#faces/parts/button.tsx';
import { Checkbox } from '#faces/parts/field.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { useConsole, useWords } from './console.tsx';
import { switchSingleKeys, useSingleKeys } from './keyboard.ts';
import { pagesFor } from './pages.ts';

export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const { w, shared } = useWords();
  const { may } = useConsole();
  const isOn = useSingleKeys();
  const { keysHelp: help } = w;
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['Ctrl', 'K'], w.palette.title], [['?'], help.title], [['Ctrl', '↵'], w.visit.issue], [['N'], w.handout.next], [['P'], w.handout.print], [['/'], help.search], [['J', 'K'], help.move], [['↵'], help.open], [['X'], help.choose], [['Esc'], help.clear],
    ...pagesFor(may).map(({ path, key }) => [['G', key.toUpperCase()], w.places[path]] as const),
  ];
  return (
    <Dialog title={help.title} onClose={onClose}>
      <dl class="shortcuts">{rows.map(([keys, says]) => <div key={keys.join()}><dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{says}</dd></div>)}</dl>
      <Checkbox label={w.account.singleKeys} hint={w.account.singleKeysHint} checked={isOn} onChange={(event) => switchSingleKeys(event.currentTarget.checked)} />
      <div class="row"><Button onClick={onClose}>{shared.close}</Button></div>
    </Dialog>
  );
}
