// One answer for what is not there and for what the caller may not know of, so that the two look the same.
import { HealthpassError } from '#passport';

export const recordUnknown = (): HealthpassError => new HealthpassError('record-unknown', 'there is nothing of this kind for this account', { field: 'id' });
