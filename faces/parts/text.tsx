// A text of somebody else's: kept from turning what stands around it, and without anything unseen.
import { plain } from '../words/plain.ts';

export const Text = ({ children }: { readonly children: string | undefined }) => <bdi>{plain(children ?? '')}</bdi>;
