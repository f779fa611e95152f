import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Account, type OfficerRole, officers, ROLES } from '../api/agency-queries';
import { ask } from '../api/client';
import { useNow } from '../inbox/clock-words';
import { useLocale } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Checks, TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';

const useRoleChoices = () => {
  const { t } = useTranslation();
  const { compare } = useLocale();
  return ROLES.map((value) => ({ value, label: t(`role.${value}`) })).sort((a, b) =>
    compare(a.label, b.label),
  );
};

/** Lets one more officer in, with a first password that they change themselves. */
const NewOfficer = ({ onDone }: { readonly onDone: () => void }): ReactElement => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const choices = useRoleChoices();
  const [officer, setOfficer] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<OfficerRole[]>([]);
  const add = useMutation({
    mutationFn: () =>
      ask('post', '/officers', {
        body: { officer: officer.trim().toLowerCase(), name: name.trim(), password, roles },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: officers.queryKey });
      onDone();
    },
  });
  return (
    <form
      className="card"
      aria-labelledby="new-officer"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <h2 id="new-officer">{t('officers.add')}</h2>
      <div className="pair">
        <TextInput
          label={t('signIn.officer')}
          value={officer}
          onChange={setOfficer}
          longest={64}
          required
        />
        <TextInput label={t('officers.name')} value={name} onChange={setName} required />
        <TextInput
          label={t('officers.firstPassword')}
          hint={t('account.nextHint', { count: 12 })}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          longest={256}
          required
        />
      </div>
      <Checks label={t('officers.roles')} value={roles} onChange={setRoles} choices={choices} />
      {add.isError && <TroubleNote thrown={add.error} kept="draft" />}
      <div className="buttons">
        <button
          type="submit"
          className="button button-main"
          disabled={add.isPending || roles.length === 0}
        >
          {t('officers.letIn')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('form.later')}
        </button>
      </div>
    </form>
  );
};

/** One account, and what can be done about it. */
const OfficerCard = ({ account }: { readonly account: Account }): ReactElement => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const choices = useRoleChoices();
  const { moment } = useLocale();
  const me = useOfficer().officer === account.officer;
  const [changing, setChanging] = useState(false);
  const [closing, setClosing] = useState(false);
  const [roles, setRoles] = useState<OfficerRole[]>([...account.roles]);
  const done = async (): Promise<void> => {
    setChanging(false);
    setClosing(false);
    await client.invalidateQueries({ queryKey: officers.queryKey });
  };
  const path = { officer: account.officer };
  const change = useMutation({
    mutationFn: () => ask('put', '/officers/{officer}/roles', { path, body: { roles } }),
    onSuccess: done,
  });
  const close = useMutation({
    mutationFn: () => ask('delete', '/officers/{officer}', { path }),
    onSuccess: done,
  });
  const unlock = useMutation({
    mutationFn: () => ask('post', '/officers/{officer}/unlock', { path }),
    onSuccess: done,
  });
  const trouble = change.error ?? close.error ?? unlock.error;
  const now = useNow();
  const locked = account.lockedUntil !== undefined && Date.parse(account.lockedUntil) > now;
  return (
    <li className={`officer ${account.active ? '' : 'officer-closed'}`}>
      <div className="officer-head">
        <div className="row-main">
          <h2>{account.name}</h2>
          <p className="quiet">{account.officer}</p>
        </div>
        {!account.active && <span className="badge badge-plain">{t('officers.closed')}</span>}
        {locked && (
          <span className="badge badge-danger">
            <Icon name="lock" />
            {t('officers.locked', { until: moment(account.lockedUntil ?? '') })}
          </span>
        )}
      </div>
      {changing ? (
        <form
          className="officer-roles"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate();
          }}
        >
          <Checks label={t('officers.roles')} value={roles} onChange={setRoles} choices={choices} />
          <p className="hint">{t('officers.rolesHint')}</p>
          <div className="buttons">
            <button
              type="submit"
              className="button button-main"
              disabled={roles.length === 0 || change.isPending}
            >
              {t('officers.give')}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                setChanging(false);
              }}
            >
              {t('form.later')}
            </button>
          </div>
        </form>
      ) : (
        <p className="officer-tags">
          {account.roles.map((role) => (
            <span key={role} className="tag">
              {t(`role.${role}`)}
            </span>
          ))}
        </p>
      )}
      {closing && (
        <div className="note note-warn" role="alert">
          <Icon name="warning" />
          <div>
            <p>{t('officers.closeAbout', { name: account.name })}</p>
            <div className="buttons">
              <button
                type="button"
                className="button"
                onClick={() => {
                  close.mutate();
                }}
              >
                {t('officers.close')}
              </button>
              <button
                type="button"
                className="button button-plain"
                onClick={() => {
                  setClosing(false);
                }}
              >
                {t('form.later')}
              </button>
            </div>
          </div>
        </div>
      )}
      {trouble !== null && <TroubleNote thrown={trouble} />}
      {account.active && !changing && !closing && (
        <div className="buttons">
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              setChanging(true);
            }}
          >
            {t('officers.change')}
          </button>
          {locked && (
            <button
              type="button"
              className="button button-small"
              onClick={() => {
                unlock.mutate();
              }}
            >
              {t('officers.unlock')}
            </button>
          )}
          {!me && (
            <button
              type="button"
              className="button button-plain button-small"
              onClick={() => {
                setClosing(true);
              }}
            >
              {t('officers.close')}
            </button>
          )}
        </div>
      )}
    </li>
  );
};

/** Everybody who can sign in here, and as what. */
export const Officers = (): ReactElement => {
  const { t } = useTranslation();
  const { compare } = useLocale();
  const found = useQuery(officers);
  const [adding, setAdding] = useState(false);
  const rows = [...(found.data ?? [])].sort(
    (a, b) => Number(b.active) - Number(a.active) || compare(a.name, b.name),
  );
  return (
    <>
      {found.isError && <TroubleNote thrown={found.error} />}
      {adding ? (
        <NewOfficer
          onDone={() => {
            setAdding(false);
          }}
        />
      ) : (
        <div className="buttons">
          <button
            type="button"
            className="button button-main"
            onClick={() => {
              setAdding(true);
            }}
          >
            <Icon name="person" />
            {t('officers.add')}
          </button>
        </div>
      )}
      <ul className="directory">
        {rows.map((account) => (
          <OfficerCard key={account.officer} account={account} />
        ))}
      </ul>
    </>
  );
};
