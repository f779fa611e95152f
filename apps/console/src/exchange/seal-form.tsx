import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Submitted } from '../api/shapes';
import { type Draft } from '../compose/drafts';
import { TroubleNote } from '../ui/trouble';
import { type Outcome, outcomeOf } from './sealed';

/** By which the front door knows the same words again, however often they are handed in. */
export type SealHeaders = { readonly 'idempotency-key': string };

/**
 * The frame of whatever is written and handed in at one go: what it does, its fields, what went wrong, and its two ways out. The draft
 * goes when it is sealed and stays when it is left for later.
 */
export const SealForm = <T,>({
  title,
  level: Heading = 'h2',
  about,
  look = 'move',
  draft,
  ready = true,
  changes,
  seal,
  onDone,
  children,
}: {
  readonly title: string;
  readonly level?: 'h2' | 'h3' | 'h4';
  readonly about?: string;
  readonly look?: 'move' | 'card';
  readonly draft: Draft<T>;
  /** Whether there is enough to hand in, beyond what a field says for itself. */
  readonly ready?: boolean;
  /** What is looked at again once it is sealed. */
  readonly changes: readonly (readonly string[])[];
  readonly seal: (headers: SealHeaders) => Promise<Submitted>;
  readonly onDone: (outcome: Outcome) => void;
  readonly children: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const heading = useId();
  // Where nothing had to be filled in, the draft has no key of its own.
  const [untouched] = useState(() => crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.focus();
  }, []);
  const sealing = useMutation({
    mutationFn: () => seal({ 'idempotency-key': draft.key === '' ? untouched : draft.key }),
    onSuccess: async (submitted) => {
      draft.discard();
      await Promise.all(
        changes.map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] })),
      );
      onDone(outcomeOf(submitted));
    },
  });
  return (
    <form
      ref={form}
      tabIndex={-1}
      className={look}
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        sealing.mutate();
      }}
    >
      <Heading id={heading} className={look === 'move' ? 'move-title' : undefined}>
        {title}
      </Heading>
      {about !== undefined && <p className="quiet">{about}</p>}
      {children}
      {sealing.isError && <TroubleNote thrown={sealing.error} kept="draft" />}
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={sealing.isPending || !ready}>
          {t(sealing.isPending ? 'form.sealing' : 'form.seal')}
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
