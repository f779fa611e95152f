import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '../api/client';
import { askAgain, NotBrought } from '../ui/lazily';
import { TroubleNote } from '../ui/trouble';

/** In place of a screen that could not be shown. What was written on it is in the memory of the window, and stays there. */
export const Broken = ({ error, reset }: ErrorComponentProps): ReactElement => {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <div className="screen">
      <h1>{t('shell.notShown')}</h1>
      <TroubleNote
        thrown={new Trouble(error instanceof NotBrought ? 'offline' : 'screen-broken', 0)}
        kept="draft"
      />
      <div className="buttons">
        <button
          type="button"
          className="button button-main"
          onClick={() => {
            askAgain();
            reset();
            void router.invalidate();
          }}
        >
          {t('trouble.retry')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            location.reload();
          }}
        >
          {t('shell.anew')}
        </button>
      </div>
    </div>
  );
};
