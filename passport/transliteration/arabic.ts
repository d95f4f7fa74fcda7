// Arabic script, ICAO Doc 9303 part 3 section 6 table C: X opens a letter that Latin lacks, short vowels are not written, shadda doubles.

// Unicode code point (hexadecimal) and letters; an empty text where the table says "not encoded".
const ROWS = `0621:XE 0622:XAA 0623:XAE 0624:U 0625:I 0626:XI 0627:A 0628:B 0629:XTA 062A:T 062B:XTH 062C:J 062D:XH 062E:XKH 062F:D 0630:XDH 0631:R
0632:Z 0633:S 0634:XSH 0635:XSS 0636:XDZ 0637:XTT 0638:XZZ 0639:E 063A:G 0641:F 0642:Q 0643:K 0644:L 0645:M 0646:N 0647:H 0648:W 0649:XAY 064A:Y
0671:XXA 0679:XXT 067C:XRT 067E:P 0681:XKE 0685:XXH 0686:XC 0688:XXD 0689:XDR 0691:XXR 0693:XRR 0696:XRX 0698:XJ 069A:XXS 069C: 06A2: 06A7: 06A8:
06A9:XKK 06AB:XXK 06AD:XNG 06AF:XGG 06BA:XNN 06BC:XXN 06BE:XDO 06C0:XYH 06C1:XXG 06C2:XGE 06C3:XTG 06CC:XYA 06CD:XXY 06D0:Y 06D2:XYB 06D3:XBE`;

const TABLE = new Map(ROWS.split(/\s+/).map((row) => [String.fromCodePoint(Number.parseInt(row.slice(0, 4), 16)), row.slice(5)]));
const SHADDA = '\u0651';
const TEH_MARBUTA = '\u0629';

/** Letters A-Z for one name component in Arabic script in NFC; undefined when it holds a letter that no table has. */
export function readArabic(run: string): string | undefined {
  let out = '';
  let last = '';
  const chars = [...run];
  const end = chars.findLastIndex((char) => !/\p{M}/u.test(char));
  for (const [i, char] of chars.entries()) {
    if (char === SHADDA) {
      out += last.replace(/^X/, ''); // the sequence is doubled, its opening X is not: XDZDZ
    } else if (!/\p{M}/u.test(char)) {
      const letters = TABLE.get(char);
      if (letters === undefined) return undefined;
      last = char === TEH_MARBUTA && i === end ? 'XAH' : letters;
      out += last;
    }
  }
  return out;
}
