// A certificate as a card: what, when, by whom, until when, and how it stands.
import { to } from '#faces/navigation.ts';
import type { HealthEvent } from '#passport';
import type { Card } from '#wallet-app/states.ts';
import { useWords } from '../speech.tsx';
import { figureOf, kindOfEvent, subtitleOf, titleOfEvent } from './event-words.ts';
import { Status } from './status.tsx';

export type FaceProps = { readonly event: HealthEvent; readonly issuer: string | undefined; readonly validUntil: number; readonly heading?: 'h2' | 'h3'; /** Where its title leads. */ readonly href?: string };

/** The upper part, also of a certificate that is not in the wallet yet. */
export function CardFace({ event, issuer, validUntil, heading: Heading = 'h2', href }: FaceProps) {
  const speech = useWords();
  const { w, dates } = speech;
  const figure = figureOf(event, speech);
  const when = event.kind === 'vaccination' ? w.card.given : event.kind === 'test' ? w.card.tested : w.card.found;
  // A test counts by the hour.
  const whenOf = event.kind === 'test' ? dates.dateTime : dates.date;
  const [title, subtitle] = [titleOfEvent(event, speech), subtitleOf(event, speech)];
  return (
    <>
      <p class="pass-band"><span>{kindOfEvent(event, speech)}</span>{figure && <span><span class="pass-label">{figure.label}</span> <bdi class="figures strong">{figure.value}</bdi></span>}</p>
      <div class="pass-body">
        <div>
          <Heading class="pass-title">{href === undefined ? title : <a class="pass-link" href={href}>{title}</a>}</Heading>
          {subtitle !== undefined && <p class="soft"><bdi>{subtitle}</bdi></p>}
        </div>
        <dl class="pass-facts">
          <div><dt>{when}</dt><dd class="figures">{whenOf(event.time)}</dd></div>
          <div><dt>{w.card.until}</dt><dd class="figures">{whenOf(validUntil)}</dd></div>
          {(event.performer ?? issuer) !== undefined && <div class="pass-by"><dt>{w.card.by}</dt><dd><bdi>{event.performer ?? issuer}</bdi></dd></div>}
        </dl>
      </div>
    </>
  );
}

export const CardLink = ({ card }: { readonly card: Card }) => (
  <li class="pass" data-kind={card.event.kind} data-dim={card.alert && card.alert.kind !== 'expiring' ? '' : undefined}>
    <CardFace event={card.event} issuer={card.standing.issuerName} validUntil={card.standing.validUntil} href={to('record', card.id)} />
    <div class="pass-foot"><Status card={card} /></div>
  </li>
);
