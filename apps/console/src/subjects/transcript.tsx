import { PURPOSES } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Transcript } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { saveAs } from '../ui/save';
import { Scroll } from '../ui/scroll';

const isPurpose = (code: string): code is (typeof PURPOSES)[number] =>
  (PURPOSES as readonly string[]).includes(code);

/** What an agency tells somebody of what was said of them: that it was said, to whom, and who has read it. */
export const TranscriptView = ({
  transcript,
}: {
  readonly transcript: Transcript;
}): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { moment, number, list } = useLocale();
  const { said, reads, searches, root, at } = transcript;
  return (
    <section className="card" aria-labelledby="transcript">
      <div className="panel-head">
        <h2 id="transcript">{t('subjects.transcript')}</h2>
        <button
          type="button"
          className="button"
          onClick={() => {
            saveAs('transcript.json', transcript);
          }}
        >
          <Icon name="leaf" />
          {t('subjects.save')}
        </button>
      </div>
      <p className="quiet">{t('subjects.made', { at: moment(at) })}</p>
      <h3>{t('subjects.said')}</h3>
      <Scroll label={t('subjects.said')}>
        <table className="plain">
          <caption className="unseen">{t('subjects.said')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('reads.at')}</th>
              <th scope="col">{t('subjects.what')}</th>
              <th scope="col">{t('subjects.to')}</th>
              <th scope="col">{t('release.parts')}</th>
            </tr>
          </thead>
          <tbody>
            {said.map((one) => (
              <tr key={one.event}>
                <td>
                  {moment(one.recordedAt)}
                  <span className="hint">{t('way.leaf', { leaf: number(one.leaf) })}</span>
                </td>
                <th scope="row">
                  {nameOf(one.issuer)} {t(`event.${one.type}`)}
                  {one.erased !== undefined && (
                    <span className="hint">
                      {t('erasure.because', {
                        ground: t(`ground.${one.erased.ground}`),
                        at: moment(one.erased.orderedAt),
                      })}
                    </span>
                  )}
                </th>
                <td>
                  {list(one.to.map(nameOf))}
                  {one.granted.map(({ agency, until }) => (
                    <span key={`${agency} ${until ?? ''}`} className="hint">
                      {t('subjects.granted', {
                        name: nameOf(agency),
                        until: until === undefined ? '' : moment(until),
                      })}
                    </span>
                  ))}
                </td>
                <td>{list(one.compartments.map((part) => t(`compartment.${part}`)))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <h3>{t('subjects.reads')}</h3>
      {reads.length === 0 ? (
        <p>{t('subjects.noReads')}</p>
      ) : (
        <Scroll label={t('subjects.reads')}>
          <table className="plain">
            <caption className="unseen">{t('subjects.reads')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('reads.at')}</th>
                <th scope="col">{t('officers.roles')}</th>
                <th scope="col">{t('purpose.code')}</th>
              </tr>
            </thead>
            <tbody>
              {reads.map((one) => (
                <tr key={one.number}>
                  <td>{moment(one.at)}</td>
                  <th scope="row">
                    {list(one.roles.map((role) => t(`role.${role as 'ANALYST'}`)))}
                  </th>
                  <td>
                    {isPurpose(one.purpose) ? t(`purpose.codes.${one.purpose}`) : one.purpose}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <p className="quiet">
        {t('subjects.searches', { count: Number(searches) })}{' '}
        {root === undefined
          ? t('subjects.noRoot')
          : t('subjects.root', { count: number(root.size), at: moment(root.at) })}
      </p>
    </section>
  );
};
