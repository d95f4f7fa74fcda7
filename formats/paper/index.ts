// A certificate for paper as the text of its QR code: a VC-JWT without a holder, its JSON compressed and the whole in the characters that a code
// stores most densely. What comes out is the JWT, byte for byte. docs/decisions/paper.md.
import { decodeDenseJws, encodeDenseJws, type DenseForm } from '../dense/dense.ts';

/** `HPC1:` + base45(signature of 64 bytes ‖ deflate(length of the header, 2 bytes ‖ header ‖ payload)). */
export const PAPER_PREFIX = 'HPC1:';
/** As many bytes may come out as VC-JWTs have. */
const FORM: DenseForm = { prefix: PAPER_PREFIX, code: 'jwt-malformed', field: 'paper', maxBytes: 15_000 };

/** @throws HealthpassError `jwt-malformed`, `text-too-long` */
export const encodePaper = (jwt: string): Promise<string> => encodeDenseJws(jwt, FORM);

/** The JWT on a paper. @throws HealthpassError `jwt-malformed`, `text-too-long`, `pass-malformed` (base45) */
export const decodePaper = (text: string): Promise<string> => decodeDenseJws(text, FORM);
