// Who one says one is, for the body that decides.
import { useMemo, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field, Radios, Select } from '#faces/parts/field.tsx';
import { ErrorSummary } from '#faces/parts/notice.tsx';
import { COUNTRIES } from '#passport/codes/countries.ts';
import { ORGANISATIONS, type Role } from '#records/model/members.ts';
import type { MemberEntry } from '#records/client/membership.ts';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { MemberField } from '../../parts/member-field.tsx';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

const ROLES = ['doctor', 'nurse', 'hospital', 'pharmacy', 'laboratory', 'researcher', 'device-operator', 'verifier'] as const;
const LICENCE_MOST = 100;
type Missing = 'role' | 'name' | 'country' | 'licence';

export function ApplyForm({ onDone }: { readonly onDone: () => void }) {
  const { w, language, shared } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [role, setRole] = useState<(typeof ROLES)[number]>();
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState<MemberEntry>();
  const [country, setCountry] = useState('');
  const [licence, setLicence] = useState('');
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const countries = useMemo(() => countryNames(language), [language]);
  const worksFor = role !== undefined && !(ORGANISATIONS as readonly Role[]).includes(role);
  const send = async (event: Event) => {
    event.preventDefault();
    const lacks: Missing[] = [...(role ? [] : ['role' as const]), ...(name.trim() ? [] : ['name' as const]), ...(country ? [] : ['country' as const]), ...(licence.trim() ? [] : ['licence' as const])];
    setMissing(lacks);
    if (lacks.length > 0 || !role) return;
    if (await doing.run(() => desk.membership.apply({ role, name: name.trim(), country, licence: licence.trim(), organisation: worksFor ? organisation?.address : undefined }))) onDone();
  };
  const wrong = (field: Missing) => (missing.includes(field) ? w.apply.missing[field] : undefined);
  const errors = missing.map((field) => ({ field: field === 'role' ? 'role-doctor' : field, says: w.apply.missing[field] }));
  return (
    <form class="stack-l apply" onSubmit={(event) => void send(event)} noValidate>
      <ErrorSummary tried={missing} errors={errors} />
      <Radios legend={w.apply.role} name="role" error={wrong('role')} value={role} onChoose={setRole} options={ROLES.map((value) => ({ value, label: <span id={`role-${value}`} tabIndex={-1}>{w.roles[value]}</span>, hint: w.apply.hints[value] }))} />
      <Field id="name" label={w.apply.name} hint={w.apply.nameHint} error={wrong('name')} value={name} maxLength={120} dir="auto" autocomplete="name" onInput={(event) => setName(event.currentTarget.value)} />
      {worksFor && <MemberField id="organisation" label={<>{w.apply.organisation} <span class="soft regular">({shared.optional})</span></>} hint={w.apply.organisationHint} roles={ORGANISATIONS} value={organisation} onChoose={setOrganisation} />}
      <Select id="country" label={w.apply.country} error={wrong('country')} value={country} autocomplete="country" onChange={(event) => setCountry(event.currentTarget.value)}>
        <option value="" />
        {countries.map(([code, says]) => <option key={code} value={code}>{says}</option>)}
      </Select>
      <Field id="licence" label={w.apply.licence} hint={w.apply.licenceHint} error={wrong('licence')} value={licence} maxLength={LICENCE_MOST} size="m" onInput={(event) => setLicence(event.currentTarget.value)} />
      <Wrong failure={doing.failure} />
      <div class="row"><Button type="submit" busy={doing.busy}>{w.apply.send}</Button></div>
    </form>
  );
}

function countryNames(language: string): readonly (readonly [string, string])[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return COUNTRIES.map((code) => [code, names.of(code) ?? code] as const).toSorted(([, a], [, b]) => a.localeCompare(b, language));
}
