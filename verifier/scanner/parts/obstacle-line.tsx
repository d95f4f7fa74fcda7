// What to do now, or why what is in view is not judged. A code's content is never shown.
import { useSpeech } from '#faces/words/face.tsx';
import { useValue } from '#faces/value.ts';
import type { Obstacle } from '../engine/messages.ts';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';

const WORDS: Partial<Record<Obstacle, keyof Words['obstacles']>> = {
  'several-codes': 'several', 'code-not-text': 'notText', 'text-malformed': 'foreign', 'text-too-long': 'foreign', 'image-empty': 'noCode', 'image-unreadable': 'noImage',
};

export function ObstacleLine() {
  const { w } = useSpeech<Words>();
  const scanner = useScanner();
  const screen = useValue(scanner.screen);
  const [camera, isReady] = [useValue(scanner.camera), useValue(scanner.ready)];
  const obstacle = screen.name === 'scanning' ? screen.obstacle : undefined;
  const hint = !isReady ? w.scan.starting : camera.name === 'on' ? w.scan.hint : camera.name === 'opening' ? w.scan.opening : '';
  return <p class="says obstacle" role="status" data-code={obstacle}>{obstacle === undefined ? hint : w.obstacles[WORDS[obstacle] ?? 'broken']}</p>;
}
