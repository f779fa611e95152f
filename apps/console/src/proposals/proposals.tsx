import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { proposals, waitsFor } from '../api/proposals';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { ProposalCard } from './proposal-card';

/** What was proposed: first what waits for whoever looks, then what does not. */
export const ProposalLists = (): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const found = useQuery(proposals);
  const waits = waitsFor(officer.officer);
  const rows = found.data ?? [];
  const waiting = rows.filter(waits);
  const others = rows.filter((row) => !waits(row));
  return (
    <>
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.isPending && (
        <p className="quiet" role="status">
          {t('shell.loading')}
        </p>
      )}
      {found.isSuccess && waiting.length === 0 && (
        <div className="rows-empty empty">
          <Icon name="check" />
          <p className="empty-title">{t('proposals.none.title')}</p>
          <p className="quiet">{t('proposals.none.about')}</p>
        </div>
      )}
      {waiting.length > 0 && (
        <ul className="proposals" aria-label={t('proposals.waiting')}>
          {waiting.map((proposal) => (
            <ProposalCard key={proposal.proposal} proposal={proposal} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <section aria-labelledby="proposals-others" className="proposals-others">
          <p id="proposals-others" className="quiet">
            {t('proposals.others')}
          </p>
          <ul className="proposals">
            {others.map((proposal) => (
              <ProposalCard key={proposal.proposal} proposal={proposal} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
};

/** What takes two officers: one has proposed it, another looks at it and confirms or refuses. */
export const Proposals = (): ReactElement => {
  const { t } = useTranslation();
  return (
    <div className="screen">
      <header className="screen-head">
        <div>
          <h1>{t('proposals.title')}</h1>
          <p className="quiet">{t('proposals.about')}</p>
        </div>
      </header>
      <ProposalLists />
    </div>
  );
};
