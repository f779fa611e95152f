import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgencyNames, useLocale } from '../language/use-words';
import { TextArea } from '../ui/field';
import { Icon } from '../ui/icon';
import { type LeafWords, parseLeafWords } from './leaf-words';

/** What an order is about: pasted from the record, and said back in words. */
export const ShownLeaf = ({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { list } = useLocale();
  const words: LeafWords | undefined = parseLeafWords(value);
  return (
    <>
      <TextArea
        label={t('orders.shown')}
        hint={t('orders.shownHint')}
        value={value}
        onChange={onChange}
        rows={4}
        required
      />
      {value.trim() !== '' && (
        <p className={words === undefined ? 'note note-warn' : 'note note-plain'} role="status">
          <Icon name={words === undefined ? 'warning' : 'leaf'} />
          <span>
            {words === undefined
              ? t('orders.unreadable')
              : t('orders.shownIs', {
                  by: nameOf(words.saidBy),
                  parts: list(
                    words.parts.map(({ compartment }) => t(`compartment.${compartment}`)),
                  ),
                })}
          </span>
        </p>
      )}
    </>
  );
};
