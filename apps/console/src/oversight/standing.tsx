import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { Awaited, ScreenHead } from '../ui/screen';
import { Scroll } from '../ui/scroll';
import { useMemberNames } from './names';
import { doubts, type Mailbox, mailboxes, type Member, members } from './queries';
import { ReadRoots } from './read-roots';

/** How much an agency said, beside the others, and how much of that was kept from somebody. */
const Bar = ({ row, most }: { readonly row: Member; readonly most: number }): ReactElement => {
  const share = (part: number): string => `${(100 * part) / Math.max(most, 1)}%`;
  return (
    <svg className="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bar-ground" width="100" height="8" rx="2" />
      <rect className="bar-events" width={share(row.events)} height="8" rx="2" />
      <rect className="bar-denied" width={share(row.denied)} height="8" rx="2" />
    </svg>
  );
};

/** Whether an agency has signed for what was delivered to it: late, otherwise than the log says, or up to when. */
const MailboxState = ({
  mailbox,
}: {
  readonly mailbox: Mailbox | undefined;
}): ReactElement | undefined => {
  const { t } = useTranslation();
  const { moment } = useLocale();
  if (mailbox?.contradicts === true)
    return (
      <span className="badge badge-danger">
        <Icon name="cross" />
        {t('standing.contradicts')}
      </span>
    );
  if (mailbox?.overdue === true)
    return (
      <span className="badge badge-danger">
        <Icon name="warning" />
        {t('standing.unsigned')}
      </span>
    );
  return mailbox?.countersignedAt === undefined ? (
    <span className="quiet">{t('standing.silent')}</span>
  ) : (
    <>{t('standing.signed', { at: moment(mailbox.countersignedAt) })}</>
  );
};

/** Every member of the federation as the record has it: what it said, when last, and what was wrong with that. */
export const OversightStanding = (): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const found = useQuery(members);
  const { rows, named } = useMemberNames();
  const [open, setOpen] = useState<string>();
  const boxes = new Map((useQuery(mailboxes).data?.rows ?? []).map((one) => [one.agency, one]));
  const inDoubt = useQuery(doubts).data?.rows ?? [];
  const doubted = (agency: string): bigint =>
    inDoubt
      .filter((one) => one.agency === agency)
      .reduce((sum, one) => sum + BigInt(one.inDoubt), 0n);
  const most = Math.max(...rows.map(({ events }) => events), 1);
  const wrong = ({ agency, active, rejected, late }: Member): boolean =>
    !active ||
    rejected + late > 0 ||
    doubted(agency) > 0n ||
    boxes.get(agency)?.overdue === true ||
    boxes.get(agency)?.contradicts === true;
  // Where something is wrong comes first, and is still found by its name.
  const ordered = [...rows.filter(wrong), ...rows.filter((row) => !wrong(row))];
  return (
    <div className="screen">
      <ScreenHead title={t('standing.title')} about={t('standing.about')} />
      <Awaited found={found} />
      {rows.length > 0 && (
        <Scroll label={t('standing.title')} className="card card-flush">
          <table className="plain standing">
            <caption className="unseen">{t('standing.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('standing.agency')}</th>
                <th scope="col">{t('standing.state')}</th>
                <th scope="col">{t('standing.said')}</th>
                <th scope="col">{t('standing.denied')}</th>
                <th scope="col">{t('standing.rejected')}</th>
                <th scope="col">{t('standing.late')}</th>
                <th scope="col">{t('standing.mailbox')}</th>
                <th scope="col">{t('standing.newest')}</th>
              </tr>
            </thead>
            <tbody>
              {ordered.map((row) => {
                const { name, lang } = named(row.agency);
                return (
                  <tr key={row.agency}>
                    <th scope="row">
                      <span lang={lang}>{name}</span>
                      <span className="hint">{t(`agencyKind.${row.kind as 'POLICE'}`)}</span>
                      <button
                        type="button"
                        className="button button-plain button-small"
                        aria-expanded={open === row.agency}
                        onClick={() => {
                          setOpen(row.agency);
                        }}
                      >
                        {t('readRoots.open')}
                        <span className="unseen">: {name}</span>
                      </button>
                    </th>
                    <td>
                      <span className={`badge ${row.active ? 'badge-good' : 'badge-danger'}`}>
                        <Icon name={row.active ? 'check' : 'warning'} />
                        {t(row.active ? 'standing.active' : 'standing.suspended')}
                      </span>
                      {doubted(row.agency) > 0n && (
                        <span className="badge badge-danger">
                          <Icon name="warning" />
                          {t('standing.doubted', { count: number(String(doubted(row.agency))) })}
                        </span>
                      )}
                    </td>
                    <td className="amount">
                      {number(row.events)}
                      <Bar row={row} most={most} />
                    </td>
                    <td className="amount">{number(row.denied)}</td>
                    <td className={row.rejected > 0 ? 'amount amount-bad' : 'amount'}>
                      {number(row.rejected)}
                    </td>
                    <td className={row.late > 0 ? 'amount amount-bad' : 'amount'}>
                      {number(row.late)}
                    </td>
                    <td>
                      <MailboxState mailbox={boxes.get(row.agency)} />
                    </td>
                    <td>
                      {row.newestAt === undefined ? (
                        <span className="quiet">{t('standing.silent')}</span>
                      ) : (
                        moment(row.newestAt)
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
      {open !== undefined && (
        <ReadRoots
          key={open}
          agency={open}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </div>
  );
};
