// Which page is shown where.
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import type { Words } from './words/index.ts';

export function App() {
  const { w } = useSpeech<Words>();
  return (
    <main>
      <Screen title={w.name}><LanguageMenu /></Screen>
    </main>
  );
}
