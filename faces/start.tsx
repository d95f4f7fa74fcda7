// Starts an app: its words, what happens when a page breaks, and the service worker by which it works without a network.
import { Component, render, type ComponentChildren } from 'preact';
import { keepOffline } from './offline/register.ts';
import { Button } from './parts/button.tsx';
import { Notice } from './parts/notice.tsx';
import { UpdateNotice } from './parts/update-notice.tsx';
import { Speaking, useSpeech, type Loaders } from './words/face.tsx';
import type { Catalog, Translation } from './words/words.ts';

export function startFace<W extends Catalog>({ en, others, app }: { readonly en: W; readonly others: Loaders<Translation<W>>; readonly app: ComponentChildren }): void {
  const root = document.getElementById('app');
  if (!root) throw new TypeError('the page has no #app');
  render(<Speaking en={en} others={others}><Net><UpdateNotice />{app}</Net></Speaking>, root);
  void keepOffline();
}

/** Catches what a page threw while it was drawn: nobody is left in front of an empty screen. Nothing of the error is shown or sent. */
class Net extends Component<{ readonly children: ComponentChildren }, { readonly broken: boolean }> {
  override state = { broken: false };
  override componentDidCatch(): void {
    this.setState({ broken: true });
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { shared } = useSpeech();
  return (
    <main class="screen column">
      <h1>{shared.errors.title}</h1>
      <Notice kind="bad" alert>{shared.errors.unexpected}</Notice>
      <p><Button onClick={() => location.reload()}>{shared.tryAgain}</Button></p>
    </main>
  );
}
