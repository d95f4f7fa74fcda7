// Where staff stand all day: the camera's picture, what is asked, and the other ways in.
import { useRef, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import { titleOf } from '#faces/words/sentences/index.ts';
import { useRule, useSentences } from '../parts/hooks.ts';
import { ObstacleLine } from '../parts/obstacle-line.tsx';
import { Viewfinder } from '../parts/viewfinder.tsx';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';

export function ScanPage() {
  const { w, say } = useSpeech<Words>();
  const [rule, sentences] = [useRule(), useSentences()];
  return (
    <Screen title={w.scan.title} wide>
      <p class="rule-line">{rule && sentences ? say(w.scan.rule, { rule: titleOf(rule, sentences) }) : w.scan.anyRule}</p>
      <Viewfinder />
      <ObstacleLine />
      <OtherWays />
    </Screen>
  );
}

function OtherWays() {
  const { w } = useSpeech<Words>();
  const { image, text } = useScanner();
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState(false);
  const paste = async () => {
    try {
      setRefused(false);
      const [item] = await navigator.clipboard.read();
      const type = item?.types.find((each) => each.startsWith('image/'));
      if (item && type !== undefined) image(await item.getType(type));
      else text(await navigator.clipboard.readText());
    } catch {
      setRefused(true);
    }
  };
  const choose = () => {
    const file = input.current?.files?.[0];
    if (file) image(file);
    if (input.current) input.current.value = ''; // the same file may be chosen again
  };
  return (
    <div class="stack-s">
      <div class="row">
        <input ref={input} type="file" accept="image/*" hidden onChange={choose} />
        <Button kind="secondary" onClick={() => input.current?.click()}>{w.scan.image}</Button>
        <Button kind="secondary" onClick={() => void paste()}>{w.scan.paste}</Button>
      </div>
      {refused && <Notice kind="warn" alert>{w.scan.pasteFailed}</Notice>}
      <p class="soft small">{w.scan.readers}</p>
    </div>
  );
}
