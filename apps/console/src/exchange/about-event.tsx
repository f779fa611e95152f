import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Grantable, type Submitted, type TimelineEntry } from '../api/shapes';
import { TroubleNote } from '../ui/trouble';
import { type Outcome, outcomeOf } from './sealed';

/** The parts of an event that can go further, or be taken back: all that is held but the core. */
export const grantableOf = ({ compartments }: TimelineEntry): readonly Grantable[] =>
  compartments.filter((one): one is Grantable => one !== 'core');

/** A form about one event that was recorded, in place under it. */
export const AboutEvent = ({
  entry,
  title,
  about,
  seal,
  onDone,
  children,
}: {
  readonly entry: TimelineEntry;
  readonly title: string;
  readonly about: string;
  readonly seal: () => Promise<Submitted>;
  readonly onDone: (outcome: Outcome) => void;
  readonly children: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.focus();
  }, []);
  const sealing = useMutation({
    mutationFn: seal,
    onSuccess: async (submitted) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['exchange', entry.exchange] }),
        client.invalidateQueries({ queryKey: ['proposals'] }),
      ]);
      onDone(outcomeOf(submitted));
    },
  });
  const heading = `about-${entry.event}`;
  return (
    <form
      ref={form}
      tabIndex={-1}
      className="move"
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        sealing.mutate();
      }}
    >
      <h4 id={heading} className="move-title">
        {title}
      </h4>
      <p className="quiet">{about}</p>
      {children}
      {sealing.isError && <TroubleNote thrown={sealing.error} kept="draft" />}
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={sealing.isPending}>
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
