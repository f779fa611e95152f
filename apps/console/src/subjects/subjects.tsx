import { useMutation } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Purpose, purposeHeaders } from '../api/queries';
import { type SearchHit } from '../api/shapes';
import { useAgencyNames } from '../language/use-words';
import { Checks, Radios, TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { TroubleNote } from '../ui/trouble';
import { TranscriptView } from './transcript';

const AS = ['name', 'number'] as const;

/** What somebody who asks about themselves is looked up and answered for, and nothing else. */
const purposeOf = (text: string): Purpose => ({ code: 'DATA_SUBJECT_REQUEST', text });

/** An item, or an exchange as a whole, in which somebody is named. */
const placeOf = ({ entity: { exchange, item } }: SearchHit): string =>
  item === undefined ? exchange : `${exchange}/${item}`;

const subjectOf = (place: string): { exchange: string; item?: string } => {
  const [exchange = '', item] = place.split('/');
  return item === undefined ? { exchange } : { exchange, item };
};

/** Answers somebody who asks: who was told of them, and who here has read it and why. Never what was said. */
export const Subjects = (): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const [text, setText] = useState('');
  const [as, setAs] = useState<(typeof AS)[number]>('name');
  const [reference, setReference] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const look = useMutation({
    gcTime: 0,
    mutationFn: () =>
      ask('post', '/search', {
        body: { text: text.trim(), as },
        headers: purposeHeaders(purposeOf(reference)),
      }),
    onSuccess: ({ rows }) => {
      setChosen([...new Set(rows.filter(({ distance }) => distance === 0).map(placeOf))]);
    },
  });
  const answer = useMutation({
    gcTime: 0,
    mutationFn: () =>
      ask('post', '/transcripts', {
        body: { about: chosen.map(subjectOf) },
        headers: purposeHeaders(purposeOf(reference)),
      }),
  });
  const hits = look.data?.rows ?? [];
  const places = [...new Map(hits.map((hit) => [placeOf(hit), hit])).entries()];
  return (
    <div className="screen">
      <ScreenHead title={t('subjects.title')} about={t('subjects.about')} />
      <form
        className="card"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          answer.reset();
          look.mutate();
        }}
      >
        <div className="pair">
          <TextInput
            label={t('search.text')}
            type="search"
            value={text}
            onChange={setText}
            required
          />
          <TextInput
            label={t('subjects.reference')}
            hint={t('subjects.referenceHint')}
            value={reference}
            onChange={setReference}
            longest={500}
          />
        </div>
        <Radios
          label={t('search.as')}
          value={as}
          onChange={setAs}
          choices={AS.map((value) => ({ value, label: t(`search.by.${value}`) }))}
        />
        <div className="buttons">
          <button type="submit" className="button button-main" disabled={look.isPending}>
            <Icon name="search" />
            {t(look.isPending ? 'search.busy' : 'search.look')}
          </button>
        </div>
      </form>
      {look.isError && <TroubleNote thrown={look.error} />}
      {look.isSuccess && !answer.isSuccess && (
        <form
          className="card"
          aria-live="polite"
          onSubmit={(event) => {
            event.preventDefault();
            answer.mutate();
          }}
        >
          <p className="quiet">{t('search.found', { count: hits.length })}</p>
          {places.length > 0 && (
            <>
              <Checks
                label={t('subjects.which')}
                value={chosen}
                onChange={setChosen}
                choices={places.map(([place, { matched, entity }]) => ({
                  value: place,
                  label: matched,
                  hint: t('search.namedBy', {
                    issuer: nameOf(entity.issuer),
                    part: t(`compartment.${entity.compartment}`),
                  }),
                }))}
              />
              <div className="buttons">
                <button
                  type="submit"
                  className="button button-main"
                  disabled={answer.isPending || chosen.length === 0}
                >
                  <Icon name="leaf" />
                  {t(answer.isPending ? 'subjects.making' : 'subjects.make')}
                </button>
              </div>
            </>
          )}
        </form>
      )}
      {answer.isError && <TroubleNote thrown={answer.error} />}
      {answer.isSuccess && <TranscriptView transcript={answer.data} />}
    </div>
  );
};
