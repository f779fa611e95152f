import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { parsed } from '../api/client';
import { type components } from '../api/oversight.gen';
import { useLocale } from '../language/use-words';
import { Digest } from '../proof/leaf-proof';
import { FileInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { Scroll } from '../ui/scroll';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { askOversight, readRoots } from './queries';
import { ShownReads } from './shown-reads';

type ShownRows = components['schemas']['ShownReads'];

/** Rows of an agency’s record of reads, as its node shows them: held against the root that is in the log. */
const held = async (agency: string, file: File) => {
  // Whatever is in the file, the server looks at it before any of it is shown.
  const body = parsed(await file.text()) as ShownRows;
  const found = await askOversight('post', '/agencies/{agency}/reads', { path: { agency }, body });
  return { ...found, texts: found.sound ? body.rows.map(({ text }) => text) : [] };
};

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
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    head.current?.focus();
  }, [agency]);
  const found = useQuery(readRoots(agency));
  const check = useMutation({ mutationFn: (file: File) => held(agency, file) });
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
      <FileInput
        label={t('readRoots.file')}
        hint={t('readRoots.fileHint')}
        disabled={check.isPending}
        onChosen={(file) => {
          check.mutate(file);
        }}
      />
      {check.isError && <TroubleNote thrown={check.error} />}
      {check.data !== undefined && (
        <p className={`verdict ${check.data.sound ? 'verdict-good' : 'verdict-bad'}`} role="status">
          <Icon name={check.data.sound ? 'shield' : 'warning'} />
          <span className="note-title">
            {check.data.sound
              ? t('readRoots.sound', { count: Number(check.data.checked), leaf: check.data.leaf })
              : t('readRoots.wrong', { number: check.data.wrong ?? '', leaf: check.data.leaf })}
          </span>
        </p>
      )}
      {check.data?.sound === true && <ShownReads texts={check.data.texts} />}
    </section>
  );
};
