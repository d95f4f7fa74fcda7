// A button, or a link that looks like one.
import type { ComponentChildren, JSX } from 'preact';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';
type Common = { readonly kind?: ButtonKind; readonly wide?: boolean; readonly children: ComponentChildren };

/** While `busy` it is announced as such and does nothing more. */
export function Button({ kind = 'primary', wide, busy = false, type = 'button', onClick, children, ...rest }: Common & { readonly busy?: boolean } & Omit<JSX.IntrinsicElements['button'], 'kind' | 'role'>) {
  return (
    <button {...rest} type={type} class="button" data-kind={kind} data-wide={wide || undefined} aria-busy={busy || undefined} onClick={busy ? (event) => event.preventDefault() : onClick}>
      {children}
    </button>
  );
}

export const ButtonLink = ({ kind = 'primary', wide, href, children, ...rest }: Common & { readonly href: string } & Omit<JSX.IntrinsicElements['a'], 'href' | 'role'>) => (
  <a {...rest} href={href} class="button" data-kind={kind} data-wide={wide || undefined}>{children}</a>
);
