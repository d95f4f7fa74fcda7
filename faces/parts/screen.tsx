// One page of an app: its heading gets the focus when a person comes to it, and names the window.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSpeech } from '../words/face.tsx';

type ScreenProps = {
  readonly title: string;
  /** Names the window where the heading names a person or what they have: browsers keep names of windows in their history, and pass them on. */
  readonly tab?: string | undefined;
  readonly back?: string | undefined;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
};

let firstPage = true;

export function Screen({ title, tab = title, back, wide = false, children }: ScreenProps) {
  const { shared } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // At its start the page is read from the top anyway.
    if (!firstPage) heading.current?.focus();
    firstPage = false;
  }, []);
  useEffect(() => { document.title = tab; }, [tab]);
  return (
    <div class={wide ? 'screen' : 'screen column'}>
      {back !== undefined && <a class="screen-back" href={back}>{shared.back}</a>}
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {children}
    </div>
  );
}
