// Why somebody asks, by the codes of HL7 v3 PurposeOfUse (http://terminology.hl7.org/CodeSystem/v3-ActReason) that IHE PCF and BALP use.
export const PURPOSES = ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT', 'HRESCH', 'PUBHLTH', 'PATRQT', 'CAREMGT'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const PURPOSE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
