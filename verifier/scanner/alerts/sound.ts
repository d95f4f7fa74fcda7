// What is heard: rising for accepted, low and twice for refused, three level ones for undecided. Made here, so that nothing has to be loaded.

export const TUNES = {
  accepted: [[660, 0, 0.12], [990, 0.13, 0.2]],
  refused: [[170, 0, 0.3], [140, 0.38, 0.45]],
  undecided: [[440, 0, 0.1], [440, 0.2, 0.1], [440, 0.4, 0.1]],
} as const satisfies Record<string, readonly (readonly [hertz: number, from: number, seconds: number])[]>;
export type Tune = keyof typeof TUNES;

export const BUZZES: Readonly<Record<Tune, readonly number[]>> = { accepted: [80], refused: [250, 100, 250], undecided: [80, 80, 80, 80, 80] };

const LOUDNESS = 0.25;

/** Browsers let a page be heard once somebody has touched it; until then it is silent, and seen. */
export function createSound(): { readonly play: (tune: Tune) => void } {
  let context: AudioContext | undefined;
  return {
    play(tune) {
      try {
        context ??= new AudioContext();
        if (context.state === 'suspended') void context.resume().catch(() => undefined);
        for (const [hertz, from, seconds] of TUNES[tune]) tone(context, tune, hertz, context.currentTime + from, seconds);
      } catch {
        // A device without sound.
      }
    },
  };
}

function tone(context: AudioContext, tune: Tune, hertz: number, from: number, seconds: number): void {
  const [oscillator, gain] = [context.createOscillator(), context.createGain()];
  oscillator.type = tune === 'refused' ? 'sawtooth' : 'sine';
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01);
  gain.gain.setValueAtTime(LOUDNESS, from + seconds - 0.03);
  gain.gain.linearRampToValueAtTime(0, from + seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + seconds);
}

export const vibrate = (tune: Tune): void => {
  // Before a page was touched a browser only complains about it.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([...BUZZES[tune]]);
};
