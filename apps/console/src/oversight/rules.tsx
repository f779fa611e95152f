import { useMutation } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePartWords } from '../language/use-part';
import { useLocale } from '../language/use-words';
import { FileInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { isRule } from '../ui/trouble-sentences';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { askOversight } from './queries';

/** In seconds, as terms are. */
const DAY = 86_400;

/** What rules that somebody proposes would have decided otherwise, over all that the record holds. */
export const OversightRules = (): ReactElement => {
  const { t } = useTranslation();
  const partOf = usePartWords();
  const { number } = useLocale();
  const { named } = useMemberNames();
  const decide = useMutation({
    mutationFn: async (file: File) =>
      askOversight('post', '/decisions/next-bundle', { body: { bundle: await file.text() } }),
  });
  const found = decide.data;
  const sentence = (rules: readonly string[], because: string): string => {
    const known = rules.filter(isRule);
    return known.length > 0 ? known.map((rule) => t(`rule.${rule}`)).join(' ') : because;
  };
  const changed =
    found === undefined
      ? 0
      : found.nowAllowed + found.nowDenied + found.otherRules + found.terms.length;
  const term = (seconds: number | undefined): string =>
    seconds === undefined
      ? t('rules.forGood')
      : seconds % DAY === 0
        ? t('rules.days', { count: seconds / DAY })
        : t('rules.seconds', { count: seconds });
  return (
    <div className="screen">
      <ScreenHead title={t('rules.title')} about={t('rules.about')} />
      <div className="card">
        <FileInput
          label={t('rules.file')}
          hint={t('rules.fileHint')}
          disabled={decide.isPending}
          onChosen={(file) => {
            decide.mutate(file);
          }}
        />
        {decide.isPending && (
          <p className="quiet" role="status">
            {t('decision.replaying')}
          </p>
        )}
        {decide.isError && <TroubleNote thrown={decide.error} />}
      </div>
      {found !== undefined && (
        <section className="card" aria-labelledby="rules-found">
          <h2 id="rules-found">{t('rules.found')}</h2>
          <p className={`verdict ${changed === 0 ? 'verdict-good' : 'verdict-bad'}`} role="status">
            <Icon name={changed === 0 ? 'shield' : 'warning'} />
            <span>
              <span className="note-title">
                {t(changed === 0 ? 'rules.same' : 'rules.differs')}
              </span>
              <span className="quiet">{t('rules.decided', { count: found.decisions })}</span>
            </span>
          </p>
          <div className="figures">
            {(['nowAllowed', 'nowDenied', 'otherRules'] as const).map((one) => (
              <div key={one} className="figure">
                <span className="figure-value">{number(found[one])}</span>
                <span className="quiet">{t(`rules.${one}`)}</span>
              </div>
            ))}
          </div>
          {found.terms.length > 0 && (
            <ul className="decisions">
              {found.terms.map(({ retention, was, would, parts }) => (
                <li key={`${retention}/${was ?? ''}`} className="decision">
                  <p className="cell-word">
                    <Icon name="clock" />
                    <span className="tag">{retention}</span>
                    <span>{t('rules.parts', { count: parts })}</span>
                  </p>
                  <p>{t('rules.term', { was: term(was), would: term(would) })}</p>
                </li>
              ))}
            </ul>
          )}
          <ul className="decisions">
            {found.rows.map((row) => {
              const { name, lang } = named(row.recipient);
              return (
                <li
                  key={`${row.index}/${row.descriptor}/${row.recipient}`}
                  className={`decision ${row.would.allowed ? 'decision-yes' : 'decision-no'}`}
                >
                  <p className="cell-word">
                    <Icon name={row.would.allowed ? 'eye' : 'lock'} />
                    <span lang={lang}>{name}</span>
                    <span className="tag">{partOf(row.compartment)}</span>
                    <span>{t('way.leaf', { leaf: number(row.index) })}</span>
                  </p>
                  <p>
                    {t(row.was.allowed ? 'rules.wasGiven' : 'rules.wasDenied')}{' '}
                    {sentence(row.was.rules, row.was.because)}
                  </p>
                  <p>
                    {t(row.would.allowed ? 'rules.wouldGiven' : 'rules.wouldDenied')}{' '}
                    {sentence(row.would.rules, row.would.because)}
                  </p>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
};
