// Receiving from issuers that offer by OpenID4VCI: read the link, show what is offered by whom, receive.
export { readOffer, type Offer, type OfferDeps } from './offer.ts';
export { isTaken, openOffer, PinWrongError, receiveOffer, type Parcel, type ReceiveDeps } from './receive-offer.ts';
