import { ENTITY_KINDS } from '@tripoint/domain';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Purpose, purposeHeaders } from '../api/queries';
import { type SearchHit } from '../api/shapes';
import { PurposeForm } from '../exchange/purpose-form';
import { Fields } from '../exchange/said';
import { useAgencyNames } from '../language/use-words';
import { remembered } from '../shell/place';
import { Radios, Select, TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { TroubleNote } from '../ui/trouble';

const AS = ['name', 'number'] as const;

const Hit = ({ hit }: { readonly hit: SearchHit }): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const navigate = useNavigate();
  const { entity, matched, spelling, distance } = hit;
  const issuer = named(entity.issuer);
  return (
    <article className="event">
      <header className="event-head">
        <h2>
          <span className="entity-kind">{t(`entity.${entity.kind}`)}</span>{' '}
          <span dir="auto">{matched}</span>
        </h2>
        <button
          type="button"
          className="button"
          onClick={() =>
            void navigate({
              to: '/exchange',
              state: remembered({
                exchange: entity.exchange,
                ...(entity.item === undefined ? {} : { item: entity.item }),
              }),
            })
          }
        >
          {t('search.open')}
        </button>
      </header>
      <p className="quiet">
        {t(distance === 0 ? 'search.same' : 'search.near', { matched, spelling })}{' '}
        {t('search.namedBy', { issuer: issuer.name, part: t(`compartment.${entity.compartment}`) })}
      </p>
      <Fields told={{ entities: [entity.value] }} />
    </article>
  );
};

/** Names and plates in any script. What is found is content, so a purpose comes first, and the search is on record. */
export const Search = (): ReactElement => {
  const { t } = useTranslation();
  const [purpose, setPurpose] = useState<Purpose>();
  const [text, setText] = useState('');
  const [as, setAs] = useState<(typeof AS)[number]>('name');
  const [kind, setKind] = useState<(typeof ENTITY_KINDS)[number] | ''>('');
  const look = useMutation({
    gcTime: 0,
    mutationFn: (given: Purpose) =>
      ask('post', '/search', {
        body: { text: text.trim(), as, ...(kind === '' ? {} : { kind }) },
        headers: purposeHeaders(given),
      }),
  });
  return (
    <div className="screen">
      <ScreenHead title={t('search.title')} about={t('search.about')} />
      {purpose === undefined ? (
        <PurposeForm about={t('search.purpose')} onGiven={setPurpose} />
      ) : (
        <form
          className="card"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            look.mutate(purpose);
          }}
        >
          <TextInput
            label={t('search.text')}
            type="search"
            value={text}
            onChange={setText}
            required
          />
          <div className="pair">
            <Radios
              label={t('search.as')}
              value={as}
              onChange={setAs}
              choices={AS.map((value) => ({ value, label: t(`search.by.${value}`) }))}
            />
            <Select
              label={t('search.kind')}
              value={kind}
              onChange={setKind}
              none={t('inbox.all')}
              choices={ENTITY_KINDS.map((value) => ({ value, label: t(`entity.${value}`) }))}
            />
          </div>
          <div className="buttons">
            <button type="submit" className="button button-main" disabled={look.isPending}>
              <Icon name="search" />
              {t(look.isPending ? 'search.busy' : 'search.look')}
            </button>
          </div>
        </form>
      )}
      {look.isError && <TroubleNote thrown={look.error} />}
      {look.isSuccess && (
        <section aria-live="polite" className="events">
          <p className="quiet">{t('search.found', { count: look.data.rows.length })}</p>
          {look.data.rows.map((hit) => (
            <Hit key={`${hit.entity.event}/${hit.entity.id}`} hit={hit} />
          ))}
        </section>
      )}
    </div>
  );
};
