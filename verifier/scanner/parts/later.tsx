// A page that is fetched when somebody goes there: the scanner itself starts without it.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { useSpeech } from '#faces/words/face.tsx';

export function later(load: () => Promise<ComponentType>): ComponentType {
  return function Later() {
    const { shared } = useSpeech();
    const [Shown, setShown] = useState<ComponentType>();
    const [failed, setFailed] = useState(false);
    const fetchIt = () => {
      setFailed(false);
      load().then((component) => setShown(() => component), () => setFailed(true));
    };
    useEffect(fetchIt, []);
    if (Shown) return <Shown />;
    if (failed) return <Notice kind="bad" alert><p>{shared.errors.offline}</p><Button onClick={fetchIt}>{shared.tryAgain}</Button></Notice>;
    return <p class="screen" role="status">{shared.loading}</p>;
  };
}
