import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { Digest } from '../proof/leaf-proof';
import { Icon } from '../ui/icon';
import { Scroll } from '../ui/scroll';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { askOversight, readRoots } from './queries';

/** Rows of an agency's record of reads, as its node shows them: held against the root that is in the log. */
const shownIn = async (file: File): Promise<Parameters<typeof check>[1]> =>
  JSON.parse(await file.text()) as Parameters<typeof check>[1];

const check = (
  agency: string,
  body: NonNullable<Parameters<typeof askOversight<'post', '/agencies/{agency}/reads'>>[2]>['body'],
) => askOversight('post', '/agencies/{agency}/reads', { path: { agency }, body: body as never });

/** What an agency has published over its record of reads, and rows that it has shown held against that. */
export const ReadRoots = ({
  agency,
  onClose,
}: {
  readonly agency: string;
  readonly onClose: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const { named } = useMemberNames();
  const id = useId();
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    head.current?.focus();
  }, [agency]);
  const found = useQuery(readRoots(agency));
  const held = useMutation({
    mutationFn: async (file: File) => check(agency, await shownIn(file)),
  });
  const { name, lang } = named(agency);
  return (
    <section ref={head} tabIndex={-1} className="card" aria-labelledby="read-roots">
      <div className="panel-head">
        <h2 id="read-roots">
          {t('readRoots.title')}: <span lang={lang}>{name}</span>
        </h2>
        <button type="button" className="button button-plain button-small" onClick={onClose}>
          <Icon name="cross" />
          {t('referrals.close')}
        </button>
      </div>
      <p className="quiet">{t('readRoots.about')}</p>
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.data?.rows.length === 0 && <p>{t('readRoots.none')}</p>}
      {(found.data?.rows ?? []).length > 0 && (
        <Scroll label={t('readRoots.title')}>
          <table className="plain">
            <caption className="unseen">{t('readRoots.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('readRoots.leaf')}</th>
                <th scope="col">{t('reads.at')}</th>
                <th scope="col">{t('readRoots.size')}</th>
                <th scope="col">{t('readRoots.root')}</th>
              </tr>
            </thead>
            <tbody>
              {(found.data?.rows ?? []).map((row) => (
                <tr key={row.leaf}>
                  <td className="amount">{number(row.leaf)}</td>
                  <td>{moment(row.at)}</td>
                  <td className="amount">{number(row.size)}</td>
                  <td>
                    <Digest value={row.root} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <div className="field">
        <label htmlFor={id}>{t('readRoots.file')}</label>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) held.mutate(file);
          }}
        />
        <p className="hint" id={`${id}-hint`}>
          {t('readRoots.fileHint')}
        </p>
      </div>
      {held.isError && <TroubleNote thrown={held.error} />}
      {held.data !== undefined && (
        <p className={`verdict ${held.data.sound ? 'verdict-good' : 'verdict-bad'}`} role="status">
          <Icon name={held.data.sound ? 'shield' : 'warning'} />
          <span className="note-title">
            {held.data.sound
              ? t('readRoots.sound', { count: Number(held.data.checked), leaf: held.data.leaf })
              : t('readRoots.wrong', { number: held.data.wrong ?? '', leaf: held.data.leaf })}
          </span>
        </p>
      )}
    </section>
  );
};
