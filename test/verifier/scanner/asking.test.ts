// What the engine is told to ask, whatever staff do to the settings of a lane.
import { expect, test } from 'vitest';
import { createValue } from '#faces/value.ts';
import { createCamera } from '#faces/camera/camera.ts';
import { countingRules } from '#verifier/scanner/engine/judge.ts';
import type { ToEngine } from '#verifier/scanner/engine/messages.ts';
import { createScanner } from '#verifier/scanner/state/scanner.ts';
import { POLICIES } from '#passport/policies/index.ts';
import type { Settings } from '#verifier/scanner/state/settings.ts';

const LANE: Settings = { rule: 'over-18', lane: 'North', venue: 'City hall', event: 'Concert 2026-11-24', match: false, strict: false, sound: true, vibration: true, hold: 3 };

test('mistake: the name of the venue is cleared, and one entry a person is not asked for any more', () => {
  const told: ToEngine[] = [];
  const value = createValue(LANE);
  const settings = { ...value, change: (change: Partial<Settings>) => value.set({ ...value.get(), ...change }) };
  createScanner({ engine: { post: (message) => void told.push(message), listen: () => {} }, settings, camera: createCamera(undefined), announce: () => {}, onRule: () => {} });
  settings.change({ venue: '' });
  expect(told.map((message) => message.type === 'asking' && message.asking)).toEqual([
    expect.objectContaining({ event: LANE.event, audience: 'City hall' }), expect.objectContaining({ event: LANE.event, audience: '' }),
  ]);
});

test('attack: a pass for the rule of a stranger, which was taken over, at a lane where any rule will do', () => {
  const [shipped, strangers] = [POLICIES.slice(1), POLICIES];
  expect(countingRules({ match: false }, shipped, strangers)).toBe(shipped);
  expect(countingRules({ match: false, policy: strangers[0]!.id }, shipped, strangers)).toBe(strangers);
});

test('a lane that turns strict asks strictly from then on', () => {
  const told: ToEngine[] = [];
  const value = createValue(LANE);
  const settings = { ...value, change: (change: Partial<Settings>) => value.set({ ...value.get(), ...change }) };
  createScanner({ engine: { post: (message) => void told.push(message), listen: () => {} }, settings, camera: createCamera(undefined), announce: () => {}, onRule: () => {} });
  settings.change({ strict: true });
  expect(told.map((message) => message.type === 'asking' && message.asking.strict)).toEqual([false, true]);
});
