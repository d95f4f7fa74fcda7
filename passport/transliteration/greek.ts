// Greek: Doc 9303 has no table for it, so the scheme is that of Greek documents, ELOT 743 (ISO 843 type 2): OU, AV or AF, EV or EF, NG, NX,
// NCH, and B for ΜΠ at the edges of a name.

const TABLE: Readonly<Record<string, string>> = {
  Α: 'A', Β: 'V', Γ: 'G', Δ: 'D', Ε: 'E', Ζ: 'Z', Η: 'I', Θ: 'TH', Ι: 'I', Κ: 'K', Λ: 'L', Μ: 'M', Ν: 'N', Ξ: 'X', Ο: 'O', Π: 'P', Ρ: 'R', Σ: 'S',
  Τ: 'T', Υ: 'Y', Φ: 'F', Χ: 'CH', Ψ: 'PS', Ω: 'O',
};
const NASAL_GAMMA: Readonly<Record<string, string>> = { Γ: 'NG', Ξ: 'NX', Χ: 'NCH' };
const VOICED = /^[ΑΕΗΙΟΥΩΒΓΔΖΛΜΝΡ]$/;
const DIAERESIS = '\u0308';

type Letter = { readonly base: string; readonly marks: string };

/** Letters A-Z for a run of upper-case Greek text; undefined when it holds a letter that no table has. */
export function readGreek(run: string): string | undefined {
  const letters: Letter[] = [...run.normalize('NFD').matchAll(/(\P{M})(\p{M}*)/gu)].map(([, base, marks]) => ({ base: base!, marks: marks! }));
  let out = '';
  for (let i = 0; i < letters.length; i++) {
    const pair = readPair(letters, i);
    if (pair !== undefined) {
      out += pair;
      i++;
    } else {
      const { base } = letters[i]!;
      if (!Object.hasOwn(TABLE, base)) return undefined;
      out += TABLE[base];
    }
  }
  return out;
}

/** The letters for two that are read as one; undefined where the first stands alone. */
function readPair(letters: readonly Letter[], i: number): string | undefined {
  const { base, marks } = letters[i]!;
  const next = letters[i + 1];
  if (!next) return undefined;
  if (base === 'Γ') return NASAL_GAMMA[next.base];
  if (base === 'Μ' && next.base === 'Π' && (i === 0 || i + 2 === letters.length)) return 'B';
  // an accent on the first vowel or a diaeresis on the second keeps the two apart
  if (next.base !== 'Υ' || marks !== '' || next.marks.includes(DIAERESIS)) return undefined;
  if (base === 'Ο') return 'OU';
  if (base !== 'Α' && base !== 'Ε' && base !== 'Η') return undefined;
  const after = letters[i + 2];
  return TABLE[base]! + (after && VOICED.test(after.base) ? 'V' : 'F');
}
