import { ERASURE_GROUNDS } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Grantable } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { GroundSelect, PartChecks } from '../exchange/event-fields';
import { momentOf } from '../exchange/move-draft';
import { SealForm } from '../exchange/seal-form';
import { type Outcome } from '../exchange/sealed';
import { MomentInput } from '../ui/dated';
import { Icon } from '../ui/icon';
import { parseLeafWords } from './leaf-words';
import { ShownLeaf } from './shown-leaf';

type ImposeDraft = {
  readonly shown: string;
  /** Nothing chosen means all that is shown. */
  readonly parts: readonly Grantable[];
  readonly ground: (typeof ERASURE_GROUNDS)[number] | '';
  readonly until: string;
};

const EMPTY: ImposeDraft = { shown: '', parts: [], ground: '', until: '' };

/** Has what another agency said forgotten by everybody who holds it. */
export const ImposeErasure = ({
  onDone,
}: {
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const draft = useDraft<ImposeDraft>('impose-erasure', EMPTY);
  const { value, change } = draft;
  const words = parseLeafWords(value.shown);
  const shown = (words?.parts ?? []).map(({ compartment }) => compartment);
  const parts = value.parts.length === 0 ? shown : value.parts;
  return (
    <SealForm
      title={t('orders.erasure')}
      look="card"
      draft={draft}
      ready={words !== undefined}
      changes={[['proposals']]}
      seal={(headers) =>
        ask('post', '/orders/erasures', {
          body: {
            exchange: words?.exchange ?? '',
            event: words?.event ?? '',
            saidBy: words?.saidBy ?? '',
            parts: (words?.parts ?? []).filter(({ compartment }) => parts.includes(compartment)),
            ground: value.ground === '' ? 'SUPERVISORY_ORDER' : value.ground,
            until: momentOf(value.until),
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <p className="note note-warn">
        <Icon name="warning" />
        <span>{t('orders.erasureWarning')}</span>
      </p>
      <ShownLeaf
        value={value.shown}
        onChange={(text) => {
          change({ shown: text, parts: [] });
        }}
      />
      <GroundSelect
        grounds={ERASURE_GROUNDS}
        value={value.ground}
        onChange={(ground) => {
          change({ ground });
        }}
      />
      {shown.length > 0 && (
        <PartChecks
          among={shown}
          value={parts}
          onChange={(next) => {
            change({ parts: next });
          }}
        />
      )}
      <MomentInput
        label={t('erasure.until')}
        hint={t('erasure.untilHint')}
        value={value.until}
        onChange={(until) => {
          change({ until });
        }}
      />
    </SealForm>
  );
};
