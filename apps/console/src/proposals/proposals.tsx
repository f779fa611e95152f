import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { proposals, waitsFor } from '../api/proposals';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { Awaited, ScreenHead } from '../ui/screen';
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
      <Awaited found={found} />
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
      <ScreenHead title={t('proposals.title')} about={t('proposals.about')} />
      <ProposalLists />
    </div>
  );
};
