import { useMutation, useQuery } from '@tanstack/react-query';
import { COMPARTMENTS } from '@tripoint/domain';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { officers, reads, readsRoot } from '../api/agency-queries';
import { ask } from '../api/client';
import { usePurposeWords } from '../language/use-purpose';
import { useLocale } from '../language/use-words';
import { Digest } from '../proof/leaf-proof';
import { Bars, counted } from '../ui/bars';
import { TextInput } from '../ui/field';
import { saveAs } from '../ui/save';
import { Scroll } from '../ui/scroll';
import { TroubleNote } from '../ui/trouble';

/** What can be asked for; beside that a read names parts. */
const FIELDS = [
  'timeline',
  'entities',
  'search',
  'transcript',
  'kept',
  'evidence',
  'event',
  'request',
  'contribution',
  'referral',
  'release',
  'recall',
  'disclosure',
  'hold',
] as const;
const isField = (code: string): code is (typeof FIELDS)[number] =>
  (FIELDS as readonly string[]).includes(code);
const isCompartment = (code: string): code is (typeof COMPARTMENTS)[number] =>
  (COMPARTMENTS as readonly string[]).includes(code);

/** Rows of this record with their proofs, in a file for oversight, which holds them against a root that was published. */
const ForOversight = ({ size }: { readonly size: string }): ReactElement => {
  const { t } = useTranslation();
  const [of, setOf] = useState(size);
  const [from, setFrom] = useState('0');
  const save = useMutation({
    mutationFn: () => ask('get', '/reads/shown', { query: { size: of, from } }),
    onSuccess: (shown) => {
      saveAs(`reads-${shown.agency}-${shown.size}-${from}.json`, shown);
    },
  });
  return (
    <form
      className="card"
      aria-labelledby="reads-show"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2 id="reads-show">{t('reads.show')}</h2>
      <p className="quiet">{t('reads.showAbout')}</p>
      <div className="pair">
        <TextInput
          label={t('reads.size')}
          type="number"
          value={of}
          onChange={setOf}
          longest={15}
          required
        />
        <TextInput
          label={t('reads.from')}
          type="number"
          value={from}
          onChange={setFrom}
          longest={15}
          required
        />
      </div>
      {save.isError && <TroubleNote thrown={save.error} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={save.isPending}>
          {t('subjects.save')}
        </button>
      </div>
    </form>
  );
};

/** Who has read content, what for and how often: the record that nobody here can change unnoticed. */
export const Reads = (): ReactElement => {
  const { t } = useTranslation();
  const { number, moment, list } = useLocale();
  const found = useQuery(reads);
  const root = useQuery(readsRoot);
  const accounts = useQuery(officers);
  const [purpose, setPurpose] = useState<string>();
  const [reader, setReader] = useState<string>();
  const nameOf = (id: string): string =>
    accounts.data?.find(({ officer }) => officer === id)?.name ?? id;
  const purposeOf = usePurposeWords();
  const fieldOf = (code: string): string => {
    if (isField(code)) return t(`reads.field.${code}`);
    return isCompartment(code) ? t(`compartment.${code}`) : code;
  };
  const rows = found.data ?? [];
  const shown = [...rows]
    .reverse()
    .filter(
      (row) =>
        (purpose === undefined || row.purpose === purpose) &&
        (reader === undefined || row.officer === reader),
    );
  return (
    <>
      {found.isError && <TroubleNote thrown={found.error} />}
      <section className="card card-pair" aria-label={t('reads.charts')}>
        <Bars
          title={t('reads.byPurpose')}
          rows={counted(rows.map((row) => row.purpose))}
          nameOf={purposeOf}
          chosen={purpose}
          onChoose={setPurpose}
        />
        <Bars
          title={t('reads.byOfficer')}
          rows={counted(rows.map((row) => row.officer))}
          nameOf={nameOf}
          chosen={reader}
          onChoose={setReader}
        />
      </section>
      <Scroll label={t('reads.list')} className="card card-flush">
        <table className="plain">
          <caption className="unseen">{t('reads.list')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('reads.number')}</th>
              <th scope="col">{t('reads.officer')}</th>
              <th scope="col">{t('purpose.code')}</th>
              <th scope="col">{t('reads.what')}</th>
              <th scope="col">{t('reads.at')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, 200).map((row) => (
              <tr key={row.number}>
                <td className="amount">{number(row.number)}</td>
                <th scope="row">{nameOf(row.officer)}</th>
                <td>{purposeOf(row.purpose)}</td>
                <td>{list(row.fields.map(fieldOf))}</td>
                <td>{moment(row.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {root.data !== undefined && (
        <p className="quiet">
          {t('reads.root', { count: number(root.data.size) })} <Digest value={root.data.root} />
        </p>
      )}
      {root.data !== undefined && <ForOversight key={root.data.size} size={root.data.size} />}
    </>
  );
};
