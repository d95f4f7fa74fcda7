// Beside the title of something: what takes its meaning back, or turns it round. In words, since nobody may read the title alone.
import { Mark } from './mark.tsx';

export const Cautions = ({ of }: { readonly of: readonly string[] }) => <>{of.map((says) => <span key={says} class="caution"><Mark kind="warn" />{says}</span>)}</>;
