import { REVIEW_OUTCOMES } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type ToldDisclosure } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { SealForm } from '../exchange/seal-form';
import { type Outcome } from '../exchange/sealed';
import { Radios } from '../ui/field';

type ReviewDraft = { readonly outcome: (typeof REVIEW_OUTCOMES)[number] | '' };

const EMPTY: ReviewDraft = { outcome: '' };

/** Says what oversight thinks of an emergency. Only the first review of it counts. */
export const ReviewForm = ({
  told,
  onDone,
}: {
  readonly told: ToldDisclosure;
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const draft = useDraft<ReviewDraft>(`review:${told.item}`, EMPTY);
  const { value, change } = draft;
  return (
    <SealForm
      title={t('orders.review')}
      level="h3"
      about={t('orders.reviewAbout')}
      draft={draft}
      ready={value.outcome !== ''}
      changes={[['told-disclosures']]}
      seal={(headers) =>
        ask('post', '/disclosures/{item}/review', {
          path: { item: told.item },
          body: { outcome: value.outcome === '' ? 'JUSTIFIED' : value.outcome },
          headers,
        })
      }
      onDone={onDone}
    >
      <Radios
        label={t('review.title')}
        value={value.outcome}
        onChange={(outcome) => {
          change({ outcome });
        }}
        choices={REVIEW_OUTCOMES.map((code) => ({
          value: code,
          label: t(`review.outcome.${code}`),
          hint: t(`review.hint.${code}`),
        }))}
      />
    </SealForm>
  );
};
