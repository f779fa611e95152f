import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { follow } from '../api/live';
import { takeIn } from '../api/queries';
import { LanguageChoice } from '../language/language-choice';
import { useAgencyNames } from '../language/use-words';
import { useIdle } from '../session/idle';
import { may } from '../session/may';
import { useOfficer, useSession } from '../session/use-session';
import { Icon, type IconName } from '../ui/icon';

type Line = 'opening' | 'live' | 'lost';

/** Follows what changes for as long as somebody is signed in. */
const useLive = (): Line => {
  const client = useQueryClient();
  const [line, setLine] = useState<Line>('opening');
  useEffect(() => {
    const leaving = new AbortController();
    void follow(
      (change) => {
        void takeIn(client, change).catch(() => client.invalidateQueries({ queryKey: ['items'] }));
      },
      (connected, missed) => {
        setLine(connected ? 'live' : 'lost');
        if (missed) void client.invalidateQueries();
      },
      leaving.signal,
    );
    return () => {
      leaving.abort();
    };
  }, [client]);
  return line;
};

const Door = ({
  to,
  icon,
  label,
}: {
  readonly to: '/inbox' | '/compose' | '/search';
  readonly icon: IconName;
  readonly label: string;
}): ReactElement => (
  <li>
    <Link to={to} className="nav-link" activeProps={{ 'aria-current': 'page' }}>
      <Icon name={icon} />
      <span>{label}</span>
    </Link>
  </li>
);

/** What stands around every screen: where one can go, who is signed in for whom, and whether the line holds. */
export const Shell = (): ReactElement => {
  const { t } = useTranslation();
  const session = useSession();
  const officer = useOfficer();
  const { named } = useAgencyNames();
  const line = useLive();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const lock = useCallback(() => void session.lock(), [session]);
  const near = useIdle(lock);
  const agency = named(officer.agency);

  // Whoever uses a keyboard or a screen reader is taken to the new screen, and not left in the old one's menu.
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [path]);

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="rail">
        <div className="rail-head">
          <span className="mark" aria-hidden="true" />
          <div className="rail-who">
            <span className="rail-agency" lang={agency.lang}>
              {agency.name}
            </span>
            <span className="quiet">{officer.name}</span>
          </div>
        </div>
        <nav aria-label={t('shell.nav')}>
          <ul className="nav">
            {may.follow(officer) && <Door to="/inbox" icon="inbox" label={t('nav.inbox')} />}
            {may.give(officer) && <Door to="/compose" icon="compose" label={t('nav.compose')} />}
            {may.give(officer) && <Door to="/search" icon="search" label={t('nav.search')} />}
          </ul>
        </nav>
        <div className="rail-foot">
          <p className={`line line-${line}`} role="status">
            {t(`shell.line.${line}`)}
          </p>
          <LanguageChoice />
          <button type="button" className="button button-plain" onClick={lock}>
            <Icon name="lock" />
            {t('shell.lock')}
          </button>
          <button
            type="button"
            className="button button-plain"
            onClick={() => void session.signOut()}
          >
            <Icon name="out" />
            {t('shell.signOut')}
          </button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className="main">
        {near && (
          <p className="note note-warn" role="alert">
            <Icon name="clock" />
            <span>{t('shell.idle')}</span>
          </p>
        )}
        {may.follow(officer) ? (
          <Outlet />
        ) : (
          <div className="screen">
            <h1>{t('shell.nothing.title')}</h1>
            <p>{t('shell.nothing.about')}</p>
          </div>
        )}
      </main>
    </div>
  );
};
