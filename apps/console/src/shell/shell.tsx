import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { follow } from '../api/live';
import { lookAgain } from '../api/look-again';
import { takeIn } from '../api/take-in';
import { type Officer } from '../api/shapes';
import { LanguageChoice } from '../language/language-choice';
import { useAgencyNames, useLocale } from '../language/use-words';
import { useIdle } from '../session/idle';
import { may } from '../session/may';
import { useOfficer, useSession } from '../session/use-session';
import { proposals, waitsFor } from '../api/proposals';
import { verification } from '../oversight/queries';
import { Icon } from '../ui/icon';
import { doorsFor, isTheirs } from './doors';

type Line = 'opening' | 'live' | 'lost';

/** Follows what changes for as long as somebody is signed in; nothing, for whoever is told of nothing. */
const useLive = (officer: Officer): Line | undefined => {
  const audits = may.audit(officer);
  const follows = !audits && (may.follow(officer) || may.keepAccounts(officer));
  const client = useQueryClient();
  const [line, setLine] = useState<Line>('opening');
  // Oversight is told of nothing: it looks for itself, again and again.
  const looked = useQuery({ ...verification, enabled: audits });
  useEffect(() => {
    if (!follows) return undefined;
    const leaving = new AbortController();
    void follow(
      (change) => {
        void takeIn(client, change).catch(() => lookAgain(client, ['items']));
      },
      (connected, missed) => {
        setLine(connected ? 'live' : 'lost');
        if (missed) void lookAgain(client);
      },
      leaving.signal,
    );
    return () => {
      leaving.abort();
    };
  }, [client, follows]);
  if (!audits) return follows ? line : undefined;
  if (looked.isError) return 'lost';
  return looked.isSuccess ? 'live' : 'opening';
};

/** How much waits for this officer to confirm it. */
const useToConfirm = (officer: Officer): number => {
  const confirms = may.confirm(officer) || may.order(officer);
  const { data = [] } = useQuery({ ...proposals, enabled: confirms });
  return data.filter(waitsFor(officer.officer)).length;
};

/** What stands around every screen: where one can go, who is signed in for whom, and whether the line holds. */
export const Shell = (): ReactElement => {
  const { t } = useTranslation();
  const session = useSession();
  const officer = useOfficer();
  const { named, kindOf } = useAgencyNames();
  const { number } = useLocale();
  const kind = kindOf(officer.agency);
  const doors = doorsFor(officer, kind);
  // Where an auditor begins depends on whose door it is, which takes a moment to be told.
  const settled = kind !== undefined || !may.order(officer);
  const line = useLive(officer);
  const toConfirm = useToConfirm(officer);
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
            {doors.map(({ to, icon, label }) => (
              <li key={to}>
                <Link to={to} className="nav-link" activeProps={{ 'aria-current': 'page' }}>
                  <Icon name={icon} />
                  <span>{t(label)}</span>
                  {to === '/proposals' && toConfirm > 0 && (
                    <span className="count">{number(toConfirm)}</span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="rail-foot">
          {line !== undefined && (
            <p className={`line line-${line}`} role="status">
              {t(`shell.line.${line}`)}
            </p>
          )}
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
        {isTheirs(path, officer, doors) ? (
          <Outlet />
        ) : (
          settled && <Navigate to={doors[0]?.to ?? '/agency'} replace />
        )}
      </main>
    </div>
  );
};
