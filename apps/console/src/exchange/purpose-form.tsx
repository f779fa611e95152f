import { PURPOSES } from '@tripoint/domain';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Purpose } from '../api/queries';
import { Select, TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { lastPurpose, rememberPurpose } from './purposes';

/** Content is behind a question: what is it needed for? The answer is on record with the read. */
export const PurposeForm = ({
  about,
  onGiven,
}: {
  readonly about: string;
  readonly onGiven: (purpose: Purpose) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const [code, setCode] = useState<string>(lastPurpose() ?? '');
  const [text, setText] = useState('');
  return (
    <form
      className="purpose"
      onSubmit={(event) => {
        event.preventDefault();
        const purpose = { code, text };
        rememberPurpose(purpose);
        onGiven(purpose);
      }}
    >
      <Icon name="seal" />
      <div className="purpose-body">
        <p className="note-title">{t('purpose.title')}</p>
        <p className="quiet">{about}</p>
        <div className="purpose-fields">
          <Select
            label={t('purpose.code')}
            value={code}
            onChange={setCode}
            none={t('form.choose')}
            choices={PURPOSES.map((value) => ({
              value: value,
              label: t(`purpose.codes.${value}`),
            }))}
            required
          />
          <TextInput label={t('purpose.text')} value={text} onChange={setText} longest={500} />
          <button type="submit" className="button button-main">
            <Icon name="eye" />
            {t('purpose.open')}
          </button>
        </div>
      </div>
    </form>
  );
};
