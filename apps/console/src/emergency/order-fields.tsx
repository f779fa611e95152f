// What an order to disclose says, whoever gives it.
import { useQuery } from '@tanstack/react-query';
import { COMPARTMENTS, DISCLOSURE_GROUNDS } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { federation } from '../api/queries';
import { type Grantable } from '../api/shapes';
import { GroundSelect, PartChecks } from '../exchange/event-fields';
import { useLocale } from '../language/use-words';
import { MomentInput } from '../ui/dated';
import { TextInput } from '../ui/field';
import { Icon } from '../ui/icon';

/** A drill is not ordered by hand, and has nothing to disclose. */
const GROUNDS = DISCLOSURE_GROUNDS.filter((ground) => ground !== 'DRILL');

export type OrderedDraft = {
  readonly event: string;
  /** Nothing chosen means all that is in custody. */
  readonly parts: readonly Grantable[];
  readonly ground: (typeof GROUNDS)[number] | '';
  readonly until: string;
};

export const EMPTY_ORDER: OrderedDraft = { event: '', parts: [], ground: '', until: '' };

/** Kept by nobody else, whatever happens: what it is by its participants, legal advice by whoever gave it. */
const NEVER: readonly string[] = ['core', 'legal'];
const PARTS = COMPARTMENTS.filter((one): one is Grantable => !NEVER.includes(one));

export type Custody = {
  /** Of which parts custodians keep shares. */
  readonly kept: readonly Grantable[];
  /** Whether it is known by now. */
  readonly told: boolean;
};

/** What is in custody at present: asked for anew, since it may have been agreed on while somebody was signed in. */
export const useCustody = (): Custody => {
  const { data, isFetchedAfterMount } = useQuery({ ...federation, staleTime: 0 });
  return { kept: data?.custody?.compartments ?? [], told: isFetchedAfterMount };
};

export const orderedParts = (
  { parts }: Pick<OrderedDraft, 'parts'>,
  { kept }: Custody,
): readonly Grantable[] => (parts.length === 0 ? kept : parts);

/** Which event, on what ground, which parts of it and until when. All that is in custody is chosen already: less is refused. */
export const OrderFields = ({
  value,
  change,
  custody,
}: {
  readonly value: OrderedDraft;
  readonly change: (next: Partial<OrderedDraft>) => void;
  readonly custody: Custody;
}): ReactElement => {
  const { t } = useTranslation();
  const { list } = useLocale();
  const { kept, told } = custody;
  if (told && kept.length === 0)
    return (
      <p className="note note-plain">
        <Icon name="lock" />
        <span>{t('disclosure.nobody')}</span>
      </p>
    );
  const parts = orderedParts(value, custody);
  const missing = kept.filter((one) => !parts.includes(one));
  const named = (these: readonly Grantable[]): string =>
    list(these.map((one) => t(`compartment.${one}`)));
  return (
    <>
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
      <GroundSelect
        grounds={GROUNDS}
        value={value.ground}
        onChange={(ground) => {
          change({ ground });
        }}
      />
      <PartChecks
        among={PARTS}
        value={parts}
        onChange={(next) => {
          change({ parts: next });
        }}
      />
      {kept.length > 0 && (
        <p className={missing.length === 0 ? 'quiet' : 'note note-warn'} role="status">
          {missing.length > 0 && <Icon name="warning" />}
          <span>
            {missing.length === 0
              ? t('disclosure.whole', { parts: named(kept) })
              : t('disclosure.missing', { parts: named(missing) })}
          </span>
        </p>
      )}
      <MomentInput
        label={t('release.until')}
        hint={t('disclosure.untilHint')}
        value={value.until}
        onChange={(until) => {
          change({ until });
        }}
      />
    </>
  );
};
