import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLeafWords, type LeafWords } from '../orders/leaf-words';
import { Icon } from '../ui/icon';
import { Scroll } from '../ui/scroll';

/** What an order would name of this leaf, to be taken to the door at which oversight gives orders. */
export const ForOrder = ({ words }: { readonly words: LeafWords }): ReactElement => {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<boolean>();
  const text = formatLeafWords(words);
  return (
    <details className="proof">
      <summary className="quiet">{t('orders.forOrder')}</summary>
      <p className="quiet">{t('orders.forOrderAbout')}</p>
      <Scroll label={t('orders.forOrder')} className="inputs">
        <pre>{text}</pre>
      </Scroll>
      <div className="buttons">
        <button
          type="button"
          className="button button-small"
          onClick={() => {
            navigator.clipboard.writeText(text).then(
              () => {
                setCopied(true);
              },
              () => {
                setCopied(false);
              },
            );
          }}
        >
          <Icon name="leaf" />
          {t('orders.copy')}
        </button>
        {copied !== undefined && (
          <span className="quiet" role="status">
            {t(copied ? 'orders.copied' : 'orders.notCopied')}
          </span>
        )}
      </div>
    </details>
  );
};
