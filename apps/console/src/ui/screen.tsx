import { type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TroubleNote } from './trouble';

/** What a screen is called and what it is for; beside that, what can be begun there. */
export const ScreenHead = ({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about: string;
  readonly children?: ReactNode;
}): ReactElement => (
  <header className="screen-head">
    <div>
      <h1>{title}</h1>
      <p className="quiet">{about}</p>
    </div>
    {children}
  </header>
);

/** In place of what was asked for: that it has not come yet, or why it does not. */
export const Awaited = ({
  found: { isPending, error },
}: {
  readonly found: { readonly isPending: boolean; readonly error: unknown };
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <>
      {error !== null && <TroubleNote thrown={error} />}
      {isPending && (
        <p className="quiet" role="status">
          {t('shell.loading')}
        </p>
      )}
    </>
  );
};
