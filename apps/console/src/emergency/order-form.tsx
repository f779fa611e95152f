import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { useDraft } from '../compose/drafts';
import { momentOf } from '../exchange/move-draft';
import { SealForm } from '../exchange/seal-form';
import { type Outcome } from '../exchange/sealed';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import {
  EMPTY_ORDER,
  OrderFields,
  type OrderedDraft,
  orderedParts,
  useCustody,
} from './order-fields';

/** Orders those who keep shares of keys to disclose one event to us. It is for a day at most, and oversight looks at it. */
export const OrderForm = ({
  onDone,
}: {
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { agency } = useOfficer();
  const custody = useCustody();
  const draft = useDraft<OrderedDraft>('disclosure', EMPTY_ORDER);
  const { value, change } = draft;
  return (
    <SealForm
      title={t('disclosure.order')}
      look="card"
      draft={draft}
      ready={custody.kept.length > 0}
      changes={[['disclosures'], ['proposals']]}
      seal={(headers) =>
        ask('post', '/disclosures', {
          body: {
            event: value.event.trim().toLowerCase(),
            compartments: [...orderedParts(value, custody)],
            beneficiary: agency,
            ground: value.ground === '' ? 'DANGER_TO_LIFE' : value.ground,
            until: momentOf(value.until),
            emergency: true,
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <p className="note note-warn">
        <Icon name="warning" />
        <span>{t('disclosure.warning')}</span>
      </p>
      <OrderFields value={value} change={change} custody={custody} />
    </SealForm>
  );
};
