import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProposalLists } from '../proposals/proposals';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { ScreenHead } from '../ui/screen';
import { Account } from './account';
import { Directory } from './directory';
import { Forgetting } from './forgetting';
import { Keys } from './keys';
import { Officers } from './officers';
import { Reads } from './reads';
import { Traffic } from './traffic';

/** How the agency itself stands: who works in it, who has read what, what travels, and who else there is. */
export const Agency = (): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const sections = [
    ...(may.keepAccounts(officer) ? (['officers', 'reads', 'proposals'] as const) : []),
    ...(may.keepAccounts(officer) || may.follow(officer) ? (['traffic', 'keys'] as const) : []),
    ...(may.follow(officer) ? (['forgetting'] as const) : []),
    'directory' as const,
    'account' as const,
  ];
  const [chosen, setSection] = useState<(typeof sections)[number]>();
  const section = chosen ?? sections[0] ?? 'directory';
  return (
    <div className="screen">
      <ScreenHead title={t('agency.title')} about={t(`agency.about.${section}`)} />
      <div role="group" aria-label={t('agency.sections')} className="segments board-sides">
        {sections.map((one) => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={section === one}
            onClick={() => {
              setSection(one);
            }}
          >
            {t(`agency.section.${one}`)}
          </button>
        ))}
      </div>
      {section === 'officers' && <Officers />}
      {section === 'reads' && <Reads />}
      {section === 'proposals' && <ProposalLists />}
      {section === 'traffic' && <Traffic />}
      {section === 'keys' && <Keys />}
      {section === 'forgetting' && <Forgetting />}
      {section === 'directory' && <Directory />}
      {section === 'account' && <Account />}
    </div>
  );
};
