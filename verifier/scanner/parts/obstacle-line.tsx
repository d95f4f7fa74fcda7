// Why what is in view is not judged. A code's content is never shown.
import { useSpeech } from '#faces/words/face.tsx';
import type { Obstacle } from '../engine/messages.ts';
import { useScanner } from '../scanner-context.tsx';
import { useValue } from '#faces/value.ts';
import type { Words } from '../words/index.ts';

const WORDS: Partial<Record<Obstacle, keyof Words['obstacles']>> = {
  'several-codes': 'several', 'code-not-text': 'notText', 'text-malformed': 'foreign', 'text-too-long': 'foreign', 'image-empty': 'noCode', 'image-unreadable': 'noImage',
};

export function ObstacleLine() {
  const { w } = useSpeech<Words>();
  const screen = useValue(useScanner().screen);
  const obstacle = screen.name === 'scanning' ? screen.obstacle : undefined;
  return <p class="obstacle" role="status" data-code={obstacle}>{obstacle !== undefined && w.obstacles[WORDS[obstacle] ?? 'broken']}</p>;
}
