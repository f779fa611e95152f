import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { useDraft } from '../compose/drafts';
import {
  EMPTY_ORDER,
  OrderFields,
  type OrderedDraft,
  orderedParts,
  useCustody,
} from '../emergency/order-fields';
import { AgencySelect } from '../exchange/event-fields';
import { momentOf } from '../exchange/move-draft';
import { SealForm } from '../exchange/seal-form';
import { type Outcome } from '../exchange/sealed';
import { Icon } from '../ui/icon';

type ImposeDraft = OrderedDraft & { readonly beneficiary: string };

const EMPTY: ImposeDraft = { ...EMPTY_ORDER, beneficiary: '' };

/** Orders custodians to disclose one event to another agency, which was not told. */
export const ImposeDisclosure = ({
  onDone,
}: {
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const custody = useCustody();
  const draft = useDraft<ImposeDraft>('impose-disclosure', EMPTY);
  const { value, change } = draft;
  return (
    <SealForm
      title={t('orders.disclosure')}
      look="card"
      draft={draft}
      ready={custody.kept.length > 0}
      changes={[['proposals']]}
      seal={(headers) =>
        ask('post', '/orders/disclosures', {
          body: {
            event: value.event.trim().toLowerCase(),
            compartments: [...orderedParts(value, custody)],
            beneficiary: value.beneficiary,
            ground: value.ground === '' ? 'COURT_ORDER' : value.ground,
            until: momentOf(value.until),
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <p className="note note-warn">
        <Icon name="warning" />
        <span>{t('orders.disclosureWarning')}</span>
      </p>
      <AgencySelect
        label={t('said.beneficiary')}
        value={value.beneficiary}
        onChange={(beneficiary) => {
          change({ beneficiary });
        }}
      />
      <OrderFields value={value} change={change} custody={custody} />
    </SealForm>
  );
};
