import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { federation } from '../api/queries';
import { useAgencyNames } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { usePlace } from '../shell/place';
import { Select } from '../ui/field';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { AudienceMatrix } from './audience';
import { useDraft } from './drafts';
import { contribution } from './contribution';
import { OnItsWay } from './on-its-way';
import { type Form, type Whence } from './form';
import { referral } from './referral';
import { request } from './request';

type Kind = Form<{ readonly to: string }>['kind'];

const STEPS = ['whom', 'what', 'travel', 'know'] as const;

/** Four short steps, the last of which shows who will know before anything is sealed. */
const Steps = <D extends { readonly to: string }>({
  form,
  whence,
}: {
  readonly form: Form<D>;
  readonly whence: Whence;
}): ReactElement => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { rows, named } = useAgencyNames();
  const directory = useQuery(federation);
  const navigate = useNavigate();
  const of = whence.derivedFrom?.join() ?? whence.exchange ?? 'new';
  const draft = useDraft<D>(`${form.kind}:${of}`, form.empty);
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [at]);
  const preview = useMutation({ mutationFn: () => form.preview(draft.value, whence) });
  const seal = useMutation({
    mutationFn: () => form.seal(draft.value, whence, draft.key),
    onSuccess: () => {
      draft.discard();
    },
  });
  const step = STEPS[at] ?? 'whom';
  const choices = rows
    .filter(({ agency, active, kind }) => agency !== us && active && form.goesTo(kind))
    .map(({ agency }) => {
      const { name, lang } = named(agency);
      return { value: agency, label: name, lang };
    });

  if (seal.isSuccess)
    return (
      <div className="card sealed">
        <p className="note note-good" role="status">
          <Icon name="seal" />
          <span>{t('compose.sealed')}</span>
        </p>
        <OnItsWay submitted={seal.data} />
        <p>{t('compose.sealedAbout')}</p>
        <div className="buttons">
          <button
            type="button"
            className="button button-main"
            onClick={() => void navigate({ to: '/inbox' })}
          >
            {t('compose.toInbox')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              seal.reset();
              setAt(0);
            }}
          >
            {t('compose.another')}
          </button>
        </div>
      </div>
    );

  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (step === 'know') seal.mutate();
        else {
          if (step === 'travel') preview.mutate();
          setAt(at + 1);
        }
      }}
    >
      <ol className="steps">
        {STEPS.map((one, n) => (
          <li
            key={one}
            aria-current={n === at ? 'step' : undefined}
            className={n < at ? 'step-done' : ''}
          >
            {t(`compose.step.${one}`)}
          </li>
        ))}
      </ol>
      <h2 ref={heading} tabIndex={-1}>
        {t(`compose.step.${step}`)}
      </h2>
      {at > 0 && (
        <p className="quiet">{t('compose.goesTo', { name: named(draft.value.to).name })}</p>
      )}
      {step === 'whom' && (
        <Select
          label={t(`compose.to.${form.kind}`)}
          hint={t('compose.toHint')}
          value={draft.value.to}
          onChange={(to) => {
            draft.change({ to } as Partial<D>);
          }}
          none={t('form.choose')}
          choices={choices}
          required
        />
      )}
      {step === 'whom' && directory.isPending && (
        <p className="quiet" role="status">
          {t('shell.loading')}
        </p>
      )}
      {step === 'whom' && directory.isError && (
        <TroubleNote thrown={directory.error} kept="draft" />
      )}
      {step === 'what' && form.fields(draft)}
      {step === 'travel' && form.marking(draft)}
      {step === 'know' && (
        <>
          <p>{t('audience.about')}</p>
          {preview.isPending && (
            <p className="quiet" role="status">
              {t('audience.asking')}
            </p>
          )}
          {preview.isSuccess && <AudienceMatrix parts={preview.data.parts} />}
          {preview.isError && <TroubleNote thrown={preview.error} kept="draft" />}
          {seal.isError && <TroubleNote thrown={seal.error} kept="draft" />}
        </>
      )}
      <div className="buttons">
        <button
          type="submit"
          className="button button-main"
          disabled={step === 'know' && (!preview.isSuccess || seal.isPending)}
        >
          {t(step !== 'know' ? 'form.next' : seal.isPending ? 'form.sealing' : 'form.seal')}
        </button>
        {at > 0 && (
          <button
            type="button"
            className="button"
            onClick={() => {
              seal.reset();
              setAt(at - 1);
            }}
          >
            {t('form.back')}
          </button>
        )}
        <button
          type="button"
          className="button button-plain"
          onClick={() => {
            draft.discard();
            setAt(0);
          }}
        >
          {t('form.discard')}
        </button>
      </div>
      <p className="hint">{t('compose.kept')}</p>
    </form>
  );
};

/** What an officer can begin: a question, information, a referral; in a new exchange or in one that is there. What is passed on is information. */
export const Compose = (): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const place = usePlace();
  const passesOn = place?.derivedFrom !== undefined;
  const whence: Whence =
    place?.derivedFrom !== undefined
      ? { derivedFrom: [place.derivedFrom] }
      : place === undefined
        ? {}
        : { exchange: place.exchange };
  const kinds: readonly Kind[] = passesOn
    ? ['contribution']
    : [
        ...(may.work(officer) ? (['request'] as const) : []),
        ...(may.give(officer) ? (['contribution', 'referral'] as const) : []),
      ];
  const [chosen, setKind] = useState<Kind>();
  const refers = useRouterState({ select: ({ location }) => location.state.refers === true });
  const kind = passesOn
    ? 'contribution'
    : (chosen ?? (refers ? 'referral' : (kinds[0] ?? 'contribution')));
  return (
    <div className="screen screen-form">
      <header className="screen-head">
        <div>
          <h1>{t('compose.title')}</h1>
          <p className="quiet">
            {t(
              passesOn
                ? 'compose.passedOn'
                : whence.exchange === undefined
                  ? 'compose.inNew'
                  : 'compose.inThis',
            )}
          </p>
        </div>
      </header>
      <div role="group" aria-label={t('compose.kinds')} className="segments">
        {kinds.map((one) => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={kind === one}
            onClick={() => {
              setKind(one);
            }}
          >
            {t(`compose.kind.${one}`)}
          </button>
        ))}
      </div>
      <p>{t(`compose.kindAbout.${kind}`)}</p>
      {kind === 'request' && <Steps key="request" form={request} whence={whence} />}
      {kind === 'contribution' && <Steps key="contribution" form={contribution} whence={whence} />}
      {kind === 'referral' && <Steps key="referral" form={referral} whence={whence} />}
    </div>
  );
};
