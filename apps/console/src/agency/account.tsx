import { useMutation } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOfficer, useSession } from '../session/use-session';
import { TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';

/** Shorter ones are refused. */
const SHORTEST = 12;

/** Whoever is signed in, and their password. Changing it ends every other session of theirs. */
export const Account = (): ReactElement => {
  const { t } = useTranslation();
  const session = useSession();
  const officer = useOfficer();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => session.changePassword(present, next),
    onSettled: () => {
      setPresent('');
      setNext('');
      setAgain('');
    },
  });
  const differs = again !== '' && again !== next;
  return (
    <form
      className="card card-narrow"
      onSubmit={(event) => {
        event.preventDefault();
        if (!differs) change.mutate();
      }}
    >
      <h2>{t('account.title')}</h2>
      <dl className="said">
        <div className="told">
          <dt>{t('signIn.officer')}</dt>
          <dd>{officer.officer}</dd>
        </div>
        <div className="told">
          <dt>{t('officers.roles')}</dt>
          <dd>{officer.roles.map((role) => t(`role.${role}`)).join(', ')}</dd>
        </div>
      </dl>
      <TextInput
        label={t('account.present')}
        type="password"
        value={present}
        onChange={setPresent}
        longest={256}
        autoComplete="current-password"
        required
      />
      <TextInput
        label={t('account.next')}
        hint={t('account.nextHint', { count: SHORTEST })}
        type="password"
        value={next}
        onChange={setNext}
        longest={256}
        autoComplete="new-password"
        required
      />
      <TextInput
        label={t('account.again')}
        type="password"
        value={again}
        onChange={setAgain}
        longest={256}
        autoComplete="new-password"
        required
      />
      {differs && (
        <p className="note note-warn" role="alert">
          <Icon name="warning" />
          <span>{t('account.differs')}</span>
        </p>
      )}
      {change.isError && <TroubleNote thrown={change.error} />}
      {change.isSuccess && (
        <p className="note note-good" role="status">
          <Icon name="check" />
          <span>{t('account.changed')}</span>
        </p>
      )}
      <div className="buttons">
        <button
          type="submit"
          className="button button-main"
          disabled={change.isPending || differs || next.length < SHORTEST}
        >
          {t(change.isPending ? 'account.changing' : 'account.change')}
        </button>
      </div>
    </form>
  );
};
