import { type ReactElement, type ReactNode } from 'react';

/** Something wider or taller than its place: whoever has a keyboard alone has to be able to reach it. */
export const Scroll = ({
  label,
  className = '',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactElement => (
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: what scrolls is scrolled with the keyboard, too
  <div className={`scroll ${className}`} tabIndex={0} role="group" aria-label={label}>
    {children}
  </div>
);
