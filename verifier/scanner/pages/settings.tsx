// How this lane is set up. Every change counts at once and is kept on this device.
import { Button } from '#faces/parts/button.tsx';
import { Checkbox, Field, Radios, Select } from '#faces/parts/field.tsx';
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import { titleOf } from '#faces/words/sentences/index.ts';
import { usePolicies, useRule, useSentences } from '../parts/hooks.ts';
import { useScanner } from '../scanner-context.tsx';
import { useValue } from '#faces/value.ts';
import type { Words } from '../words/index.ts';

export function SettingsPage() {
  const { w, say } = useSpeech<Words>();
  const { settings } = useScanner();
  const { lane, venue, event = '', match, strict, sound, vibration, hold } = useValue(settings);
  const words = w.settings;
  return (
    <Screen title={words.title}>
      <p class="soft">{words.saved}</p>
      <LanguageMenu />
      <RuleChoice />
      <Field label={words.lane} hint={words.laneHint} value={lane} maxLength={60} onInput={({ currentTarget }) => settings.change({ lane: currentTarget.value })} />
      <Field label={words.venue} hint={words.venueHint} value={venue} maxLength={100} onInput={({ currentTarget }) => settings.change({ venue: currentTarget.value })} />
      {event !== '' && <p class="row">{say(words.event, { event })} <Button kind="secondary" onClick={() => settings.change({ event: undefined })}>{words.leaveEvent}</Button></p>}
      <Checkbox label={words.match} hint={words.matchHint} checked={match} onChange={({ currentTarget }) => settings.change({ match: currentTarget.checked })} />
      <Checkbox label={words.strict} hint={words.strictHint} checked={strict} onChange={({ currentTarget }) => settings.change({ strict: currentTarget.checked })} />
      <Checkbox label={words.sound} checked={sound} onChange={({ currentTarget }) => settings.change({ sound: currentTarget.checked })} />
      <Checkbox label={words.vibration} checked={vibration} onChange={({ currentTarget }) => settings.change({ vibration: currentTarget.checked })} />
      <Radios
        legend={words.hold} name="hold" value={`${hold}`} onChoose={(value) => settings.change({ hold: Number(value) as 0 | 3 | 8 })}
        options={[{ value: '3', label: words.hold3 }, { value: '8', label: words.hold8 }, { value: '0', label: words.hold0 }]}
      />
    </Screen>
  );
}

function RuleChoice() {
  const { w } = useSpeech<Words>();
  const { settings } = useScanner();
  const { rule } = useValue(settings);
  const [policies, chosen, sentences] = [usePolicies(), useRule(), useSentences()];
  // Of a rule in several versions the newest is asked, unless one of them was chosen by its number.
  const newest = policies.filter(({ id, version }, i) => policies.findIndex((policy) => policy.id === id) === i || `${id}@${version}` === rule);
  return (
    <>
      {rule !== undefined && !chosen && policies.length > 0 && <Notice kind="warn">{w.settings.ruleGone}</Notice>}
      <Select label={w.settings.rule} value={rule ?? ''} onChange={({ currentTarget }) => settings.change({ rule: currentTarget.value === '' ? undefined : currentTarget.value })}>
        <option value="">{w.scan.anyRule}</option>
        {newest.map((policy) => {
          const value = `${policy.id}@${policy.version}` === rule ? rule : policy.id;
          return <option key={value} value={value}>{sentences ? titleOf(policy, sentences) : policy.id}</option>;
        })}
      </Select>
    </>
  );
}
