// The scanner for the pages below.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Scanner } from './state/scanner.ts';

export const ScannerContext = createContext<Scanner | undefined>(undefined);

export function useScanner(): Scanner {
  const scanner = useContext(ScannerContext);
  if (!scanner) throw new TypeError('there is no scanner around');
  return scanner;
}
