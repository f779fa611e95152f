import { useMutation, useQueryClient } from '@tanstack/react-query';
import { COMPARTMENTS, DISCLOSURE_GROUNDS } from '@tripoint/domain';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Grantable } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { momentOf } from '../exchange/move-draft';
import { type Outcome, outcomeOf } from '../exchange/sealed';
import { useOfficer } from '../session/use-session';
import { Checks, MomentInput, Select, TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';

/** A drill is not ordered by hand, and has nothing to disclose. */
const GROUNDS = DISCLOSURE_GROUNDS.filter((ground) => ground !== 'DRILL');

type OrderDraft = {
  readonly event: string;
  readonly parts: readonly Grantable[];
  readonly ground: (typeof GROUNDS)[number] | '';
  readonly until: string;
};

const EMPTY: OrderDraft = { event: '', parts: ['facts'], ground: '', until: '' };

/** Kept by nobody else, whatever happens: what it is by its participants, legal advice by whoever gave it. */
const NEVER: readonly string[] = ['core', 'legal'];
const PARTS = COMPARTMENTS.filter((one): one is Grantable => !NEVER.includes(one));

/** Orders those who keep shares of keys to disclose one event to us. It is for a day at most, and oversight looks at it. */
export const OrderForm = ({
  onDone,
}: {
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { agency } = useOfficer();
  const draft = useDraft<OrderDraft>('disclosure', EMPTY);
  const { value, change } = draft;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.focus();
  }, []);
  const order = useMutation({
    mutationFn: () =>
      ask('post', '/disclosures', {
        body: {
          event: value.event.trim().toLowerCase(),
          compartments: [...value.parts],
          beneficiary: agency,
          ground: value.ground === '' ? 'DANGER_TO_LIFE' : value.ground,
          until: momentOf(value.until),
          emergency: true,
        },
        headers: { 'idempotency-key': draft.key },
      }),
    onSuccess: async (submitted) => {
      draft.discard();
      await client.invalidateQueries({ queryKey: ['disclosures'] });
      onDone(outcomeOf(submitted));
    },
  });
  return (
    <form
      ref={form}
      tabIndex={-1}
      className="card"
      aria-labelledby="order"
      onSubmit={(event) => {
        event.preventDefault();
        order.mutate();
      }}
    >
      <h2 id="order">{t('disclosure.order')}</h2>
      <p className="note note-warn">
        <Icon name="warning" />
        <span>{t('disclosure.warning')}</span>
      </p>
      <TextInput
        label={t('disclosure.reference')}
        hint={t('disclosure.referenceHint')}
        value={value.event}
        onChange={(event) => {
          change({ event });
        }}
        longest={36}
        required
      />
      <Select
        label={t('said.ground')}
        value={value.ground}
        onChange={(ground) => {
          change({ ground });
        }}
        none={t('form.choose')}
        choices={GROUNDS.map((code) => ({ value: code, label: t(`ground.${code}`) }))}
        required
      />
      <Checks
        label={t('release.parts')}
        value={value.parts}
        onChange={(parts) => {
          change({ parts });
        }}
        choices={PARTS.map((code) => ({ value: code, label: t(`compartment.${code}`) }))}
      />
      <MomentInput
        label={t('release.until')}
        hint={t('disclosure.untilHint')}
        value={value.until}
        onChange={(until) => {
          change({ until });
        }}
      />
      {order.isError && <TroubleNote thrown={order.error} kept="draft" />}
      <div className="buttons">
        <button
          type="submit"
          className="button button-main"
          disabled={order.isPending || value.parts.length === 0}
        >
          {t(order.isPending ? 'form.sealing' : 'form.seal')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            onDone('later');
          }}
        >
          {t('form.later')}
        </button>
      </div>
    </form>
  );
};
