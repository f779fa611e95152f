import { useMutation } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Officer } from '../api/shapes';
import { LanguageChoice } from '../language/language-choice';
import { TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { useSession } from './use-session';

/** The way in, and the way back in: a locked console asks for the password of the officer who left it. */
export const SignIn = ({
  locked,
  ended = false,
}: {
  readonly locked?: Officer | undefined;
  readonly ended?: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const session = useSession();
  const [officer, setOfficer] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => session.signIn(locked?.officer ?? officer.trim().toLowerCase(), password),
    onError: () => {
      setPassword('');
    },
  });
  return (
    <main className="door">
      <section className="door-card" aria-labelledby="door-title">
        <header className="door-head">
          <span className="mark" aria-hidden="true" />
          <span className="door-name">Tripoint</span>
        </header>
        <h1 id="door-title">{t(locked === undefined ? 'signIn.title' : 'lock.title')}</h1>
        {locked === undefined ? (
          <p className="quiet">{t('signIn.about')}</p>
        ) : (
          <p className="quiet">{t('lock.about', { name: locked.name })}</p>
        )}
        {ended && (
          <p className="note note-warn" role="status">
            <Icon name="clock" />
            <span>{t('signIn.ended')}</span>
          </p>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate();
          }}
        >
          {locked === undefined && (
            <TextInput
              label={t('signIn.officer')}
              value={officer}
              onChange={setOfficer}
              longest={64}
              autoComplete="username"
              required
            />
          )}
          <TextInput
            label={t('signIn.password')}
            type="password"
            value={password}
            onChange={setPassword}
            longest={256}
            autoComplete="current-password"
            required
          />
          {enter.isError && <TroubleNote thrown={enter.error} />}
          <button type="submit" className="button button-main" disabled={enter.isPending}>
            {t(
              enter.isPending
                ? 'signIn.busy'
                : locked === undefined
                  ? 'signIn.enter'
                  : 'lock.enter',
            )}
          </button>
          {locked !== undefined && (
            <button
              type="button"
              className="button button-plain"
              onClick={() => {
                session.leaveLock();
              }}
            >
              {t('lock.other')}
            </button>
          )}
        </form>
      </section>
      <footer className="door-foot">
        <LanguageChoice />
        <p className="quiet">{t('signIn.recorded')}</p>
      </footer>
    </main>
  );
};
