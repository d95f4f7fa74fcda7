// The scanner as its pages see it: what is asked, what came of it, and how old the data are. The worker decides; this only says what stands on the screen.
import type { PolicyDocument, UnixSeconds, Verdict } from '#passport';
import type { Camera } from '#faces/camera/camera.ts';
import type { TypedDocument } from '../document/document.ts';
import type { Asking, FromEngine, Judgement, Obstacle, ToEngine } from '../engine/messages.ts';
import type { ShownPerson } from '../engine/person.ts';
import type { TrustReport } from '../trust/report.ts';
import { outcomeOf } from './outcome.ts';
import type { SettingsStore } from './settings.ts';
import { createValue, type Followed, type Value } from '#faces/value.ts';

export type OnScreen =
  | { readonly name: 'scanning'; readonly obstacle?: Obstacle | undefined }
  | { readonly name: 'judged'; readonly judgement: Extract<Judgement, { name: 'verdict' }> }
  | { readonly name: 'document'; readonly judgement: Extract<Judgement, { name: 'document' }> };
export type Known = { readonly report: TrustReport; readonly policies: readonly PolicyDocument[] };

export type Engine = { readonly post: (message: ToEngine, hand?: Transferable[]) => void; readonly listen: (listener: (message: FromEngine) => void) => void };
export type Scanner = {
  readonly settings: SettingsStore;
  readonly camera: Camera;
  readonly known: Followed<Known>;
  readonly screen: Followed<OnScreen>;
  /** Whether codes can be read yet. */
  readonly ready: Followed<boolean>;
  /** What a code of this counter asks, while it is shown. */
  readonly asked: Value<Pick<Asking, 'audience' | 'challenge' | 'request' | 'event'> | undefined>;
  /** Resolves when the picture was looked at. */
  readonly look: (picture: ImageBitmap, takenAt: number) => Promise<void>;
  readonly text: (text: string) => void;
  readonly image: (image: Blob) => void;
  /** A zone is an answer where a document is asked for, and nothing otherwise. */
  readonly zone: (zone: string) => void;
  readonly typed: (document: TypedDocument) => void;
  /** Back to scanning. */
  readonly next: () => void;
  /** A verdict that came another way, through the service. */
  readonly tell: (verdict: Verdict, persons: readonly ShownPerson[], rule: string | undefined) => void;
  readonly refresh: () => void;
  /** Rules of this device. */
  readonly addPolicies: (documents: readonly unknown[]) => void;
};

export type ScannerDeps = {
  readonly engine: Engine;
  readonly settings: SettingsStore;
  readonly camera: Camera;
  /** A rule was in view. */
  readonly onRule: (text: string) => void;
  /** Told of each verdict. */
  readonly announce: (outcome: 'accepted' | 'refused' | 'undecided') => void;
};

/** Milliseconds that a hint about what is in view stays. */
const HINT = 2500;

export function createScanner({ engine, settings, camera, announce, onRule }: ScannerDeps): Scanner {
  const known = createValue<Known>({ report: { data: 'loading', connection: 'unknown', clock: { name: 'unchecked' } }, policies: [] });
  const screen = createValue<OnScreen>({ name: 'scanning' });
  const ready = createValue(false);
  const asked = createValue<Pick<Asking, 'audience' | 'challenge' | 'request' | 'event'> | undefined>(undefined);
  /** Those of the worker count upwards. */
  let told = 0;
  let looked: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(next: OnScreen, seconds: number): void {
    clearTimeout(timer);
    screen.set(next);
    if (seconds > 0) timer = setTimeout(() => screen.set({ name: 'scanning' }), seconds * 1000);
  }

  function judged(judgement: Judgement): void {
    if (judgement.name === 'document') return show({ name: 'document', judgement }, 0);
    // What is wrong takes longer to read than what is right.
    const { hold } = settings.get();
    const outcome = outcomeOf(judgement);
    show({ name: 'judged', judgement }, outcome === 'accepted' ? hold : hold * 2);
    announce(outcome);
  }

  engine.listen((message) => {
    switch (message.type) {
      case 'ready': return ready.set(true);
      case 'trust': return known.set({ report: message.report, policies: message.policies ?? known.get().policies });
      case 'judgement': return judged(message.judgement);
      case 'obstacle': return screen.get().name === 'scanning' ? show({ name: 'scanning', obstacle: message.code }, HINT / 1000) : undefined;
      case 'rule': return onRule(message.text);
      case 'free': return looked?.();
    }
  });

  const tellAsking = () => {
    const { rule, match, strict, event, venue } = settings.get();
    // A venue without its name asks nobody: who cleared it by mistake must not let people in as often as they like.
    const scope = event !== undefined && event !== '' ? { event, audience: venue } : {};
    engine.post({ type: 'asking', asking: { policy: rule, match, strict, ...scope, ...asked.get() } });
  };
  let lastAsking = '';
  const followAsking = () => {
    const now = JSON.stringify([settings.get().rule, settings.get().match, settings.get().strict, settings.get().event, settings.get().venue, asked.get()]);
    if (now !== lastAsking) tellAsking();
    lastAsking = now;
  };
  settings.subscribe(followAsking);
  asked.subscribe(followAsking);
  followAsking();

  return {
    settings, camera, known, screen, ready, asked,
    look(picture, takenAt) {
      const done = new Promise<void>((resolve) => { looked = resolve; });
      engine.post({ type: 'frame', picture, takenAt }, [picture]);
      return done;
    },
    text: (text) => text.trim() !== '' && engine.post({ type: 'text', text }),
    image: (image) => engine.post({ type: 'image', image }),
    zone(zone) {
      const current = screen.get();
      if (current.name === 'document') engine.post({ type: 'document', id: current.judgement.id, document: { zone } });
    },
    typed(document) {
      const current = screen.get();
      if (current.name === 'document') engine.post({ type: 'document', id: current.judgement.id, document: { typed: document } });
    },
    next() {
      if (screen.get().name === 'document') engine.post({ type: 'drop' });
      show({ name: 'scanning' }, 0);
    },
    tell: (verdict, persons, policy) => judged({ name: 'verdict', id: --told, takenAt: undefined, judgedAt: Math.floor(Date.now() / 1000) as UnixSeconds, asking: { match: false, policy }, verdict, persons, matched: false }),
    refresh: () => engine.post({ type: 'refresh' }),
    addPolicies: (documents) => engine.post({ type: 'policies', documents }),
  };
}
