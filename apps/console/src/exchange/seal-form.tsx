import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AudiencePart, type Submitted } from '../api/shapes';
import { AudienceMatrix } from '../compose/audience';
import { type Draft } from '../compose/drafts';
import { TroubleNote } from '../ui/trouble';
import { type Outcome, outcomeOf } from './sealed';

/** By which the front door knows the same words again, however often they are handed in. */
export type SealHeaders = { readonly 'idempotency-key': string };

/**
 * The frame of whatever is written and handed in at one go: what it does, its fields, what went wrong, and its two ways out. The draft
 * goes when it is sealed and stays when it is left for later. Where it is asked who will know, that is seen before it can be sealed, and
 * again whenever the words have changed.
 */
export const SealForm = <T,>({
  title,
  level: Heading = 'h2',
  about,
  look = 'move',
  draft,
  ready = true,
  preview,
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
  /** Asks the rules who would know it, and names who is shown in any case. */
  readonly preview?: {
    readonly ask: () => Promise<readonly AudiencePart[]>;
    readonly also: readonly string[];
  };
  /** What is looked at again once it is sealed. */
  readonly changes: readonly (readonly string[])[];
  readonly seal: (headers: SealHeaders) => Promise<Submitted>;
  /** What came of it, and the event that it became. */
  readonly onDone: (outcome: Outcome, event?: string) => void;
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
      onDone(outcomeOf(submitted), submitted.events[0]?.event);
    },
  });
  const previewing = useMutation({
    mutationFn: () => preview?.ask() ?? Promise.resolve<readonly AudiencePart[]>([]),
  });
  const [shownFor, setShownFor] = useState('');
  const current = JSON.stringify(draft.value);
  const seen = preview === undefined || (previewing.isSuccess && shownFor === current);
  return (
    <form
      ref={form}
      tabIndex={-1}
      className={look}
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        if (seen) sealing.mutate();
        else {
          setShownFor(current);
          previewing.mutate();
        }
      }}
    >
      <Heading id={heading} className={look === 'move' ? 'move-title' : undefined}>
        {title}
      </Heading>
      {about !== undefined && <p className="quiet">{about}</p>}
      {children}
      {preview !== undefined && seen && (
        <AudienceMatrix parts={previewing.data ?? []} also={preview.also} />
      )}
      {previewing.isError && <TroubleNote thrown={previewing.error} kept="draft" />}
      {sealing.isError && <TroubleNote thrown={sealing.error} kept="draft" />}
      <div className="buttons">
        <button
          type="submit"
          className="button button-main"
          disabled={sealing.isPending || previewing.isPending || !ready}
        >
          {t(sealing.isPending ? 'form.sealing' : seen ? 'form.seal' : 'form.preview')}
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
