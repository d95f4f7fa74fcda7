// Accesses and the verdict on their account, told to the person they concern: for the wallet, and for the command line.
export { accessInWords, verdictInWords, type AccessInWords, type VerdictInWords } from './tell.ts';
export { loadAccessWords, type AccessWords } from './load.ts';
