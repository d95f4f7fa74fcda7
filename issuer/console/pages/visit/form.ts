// What is filled in after a visit: its defaults, what is missing, and what is kept for the next patient.
import { productByIndex, snomedOf } from '#passport/codes/index.ts';
import type { Kind, Patient, Person, Suggestions } from '../../api.ts';
import { today, type Filled } from '../../events.ts';

export type VisitForm = {
  readonly kind: Kind;
  /** Somebody who is known here; otherwise `person` is filled in. */
  readonly patient?: Patient | undefined;
  readonly isNew: boolean;
  readonly family: string; readonly given: string; readonly birthDate: string;
  readonly product?: number | undefined; readonly disease?: string | undefined; readonly test?: number | undefined; readonly result?: 'detected' | 'notDetected' | undefined;
  readonly date: string; readonly time: string; readonly dose: string; readonly series: string; /** Whom and what the dose was counted for: what was typed since stays. */ readonly doseFor?: string | undefined; readonly lot: string; readonly expires: string; readonly gtin: string; readonly performer: string; readonly country: string;
};
export type Field = 'patient' | 'family' | 'given' | 'birthDate' | 'product' | 'test' | 'disease' | 'result' | 'date' | 'dose' | 'series' | 'lot';
/** Why a field cannot stay as it is: keys of the words. */
export type Fault = { readonly field: Field; readonly why: 'missing' | 'future' | 'beforeBirth' | 'dose' | 'expired' };

export const emptyForm = (): VisitForm => ({ kind: 'vaccination', isNew: false, family: '', given: '', birthDate: '', date: today(), time: '', dose: '', series: '', lot: '', expires: '', gtin: '', performer: '', country: '' });

/** For the next patient of the same session: the same vaccine, package and place, another person. */
export const nextForm = ({ kind, product, disease, test, lot, expires, gtin, performer, country }: VisitForm): VisitForm =>
  ({ ...emptyForm(), kind, product, disease, test, lot, expires, gtin, performer, country });

export const personOf = (form: VisitForm): Person | undefined => {
  if (form.patient?.person) return form.patient.person;
  return form.isNew ? { family: form.family.trim(), given: form.given.trim().split(/\s+/).filter(Boolean), birthDate: form.birthDate || undefined } : undefined;
};

export function faultsOf(form: VisitForm): Fault[] {
  const faults: Fault[] = [];
  const miss = (field: Field, isMissing: boolean) => { if (isMissing) faults.push({ field, why: 'missing' }); };
  miss('patient', !form.patient && !form.isNew);
  if (form.isNew) {
    miss('family', form.family.trim() === '');
    miss('given', form.given.trim() === '');
    miss('birthDate', form.birthDate === '');
  }
  if (form.kind === 'vaccination') {
    miss('product', form.product === undefined);
    for (const field of ['dose', 'series'] as const) if (form[field] !== '' && !/^(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/.test(form[field])) faults.push({ field, why: 'dose' });
    if (form.expires !== '' && form.date > form.expires) faults.push({ field: 'lot', why: 'expired' });
  } else if (form.kind === 'test') {
    miss('test', form.test === undefined);
    miss('result', form.result === undefined);
  } else miss('disease', form.disease === undefined);
  miss('date', form.date === '');
  if (form.date > today()) faults.push({ field: 'date', why: 'future' });
  const birth = personOf(form)?.birthDate;
  if (birth && form.date !== '' && form.date < birth) faults.push({ field: 'date', why: 'beforeBirth' });
  return faults;
}

export const filledOf = (form: VisitForm, person: Person): Filled => ({
  ...form, person, time: form.kind === 'test' ? form.time : '', dose: Number(form.dose || 0), series: Number(form.series || 0), lot: form.lot.trim(), performer: form.performer.trim(),
});

/** What the clinic used last, where nothing was said yet. */
export function withLastUsed(form: VisitForm, { products, tests }: Suggestions): VisitForm {
  const [used] = products;
  const [tested] = tests;
  const place = { performer: form.performer || used?.performer || tested?.performer || '', country: form.country || used?.country || tested?.country || '' };
  if (form.product !== undefined || form.lot !== '') return { ...form, ...place };
  return { ...form, ...place, product: used?.product, lot: used?.lot ?? '', ...(form.test === undefined && tested ? { test: tested.test, disease: form.disease ?? tested.disease } : {}) };
}

/** The dose that follows the last one against the same, once for a patient and a vaccine. */
export function withNextDose(form: VisitForm, next: Suggestions['next']): VisitForm {
  const doseFor = `${form.patient?.id ?? ''}/${form.product ?? ''}`;
  if (form.doseFor === doseFor) return form;
  const against = productByIndex(form.product ?? 0)?.against.map((id) => String(snomedOf(id))) ?? [];
  const following = next.find(({ disease }) => against.includes(disease));
  return { ...form, doseFor, dose: String(following?.dose ?? 1), series: following && following.series > 0 && following.dose <= following.series ? String(following.series) : '' };
}
