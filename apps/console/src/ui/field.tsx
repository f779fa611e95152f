import { type ReactElement, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Labelled = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly required?: boolean;
};

const described = (id: string, hint: string | undefined) =>
  hint === undefined ? {} : { 'aria-describedby': `${id}-hint` };

const Frame = ({
  id,
  label,
  hint,
  required,
  children,
}: Labelled & { readonly id: string; readonly children: ReactNode }): ReactElement => {
  const { t } = useTranslation();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required !== true && <span className="optional"> {t('form.optional')}</span>}
      </label>
      {children}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
};

type Text = Labelled & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly longest?: number;
};

export const TextInput = ({
  value,
  onChange,
  longest = 120,
  type = 'text',
  autoComplete = 'off',
  ...about
}: Text & {
  readonly type?: 'text' | 'password' | 'search' | 'number';
  readonly autoComplete?: string;
}): ReactElement => {
  const id = useId();
  return (
    // Nobody takes what narrows a list for something to be filled in.
    <Frame id={id} {...about} required={about.required === true || type === 'search'}>
      <input
        id={id}
        type={type}
        value={value}
        maxLength={longest}
        required={about.required === true}
        autoComplete={autoComplete}
        spellCheck={false}
        onChange={({ target }) => {
          onChange(target.value);
        }}
        {...described(id, about.hint)}
      />
    </Frame>
  );
};

export const TextArea = ({
  value,
  onChange,
  longest = 8000,
  rows = 3,
  ...about
}: Text & { readonly rows?: number }): ReactElement => {
  const id = useId();
  return (
    <Frame id={id} {...about}>
      <textarea
        id={id}
        value={value}
        maxLength={longest}
        rows={rows}
        required={about.required === true}
        autoComplete="off"
        onChange={({ target }) => {
          onChange(target.value);
        }}
        {...described(id, about.hint)}
      />
    </Frame>
  );
};

export type Choice<V extends string = string> = {
  readonly value: V;
  readonly label: string;
  readonly lang?: string | undefined;
  readonly hint?: string;
};

export const Select = <V extends string>({
  value,
  onChange,
  choices,
  none,
  ...about
}: Labelled & {
  readonly value: V | '';
  readonly onChange: (value: V | '') => void;
  readonly choices: readonly Choice<V>[];
  /** What stands there before anything is chosen. */
  readonly none?: string;
}): ReactElement => {
  const id = useId();
  return (
    <Frame id={id} {...about}>
      <select
        id={id}
        value={value}
        required={about.required === true}
        onChange={({ target }) => {
          onChange(target.value as V | '');
        }}
        {...described(id, about.hint)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {choices.map(({ value: one, label, lang }) => (
          <option key={one} value={one} lang={lang}>
            {label}
          </option>
        ))}
      </select>
    </Frame>
  );
};

/** A few choices that are better seen than unfolded. */
export const Radios = <V extends string>({
  label,
  value,
  onChange,
  choices,
}: {
  readonly label: string;
  readonly value: V | '';
  readonly onChange: (value: V) => void;
  readonly choices: readonly Choice<V>[];
}): ReactElement => {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {choices.map(({ value: one, label: words, hint }) => (
        <label key={one} className="choice">
          <input
            type="radio"
            name={name}
            required
            checked={value === one}
            onChange={() => {
              onChange(one);
            }}
          />
          <span>
            <span className="choice-label">{words}</span>
            {hint !== undefined && <span className="hint">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};

export const Checks = <V extends string>({
  label,
  required = false,
  value,
  onChange,
  choices,
}: {
  readonly label: string;
  /** Whether at least one has to be chosen. */
  readonly required?: boolean;
  readonly value: readonly V[];
  readonly onChange: (value: V[]) => void;
  readonly choices: readonly Choice<V>[];
}): ReactElement => (
  <fieldset className="choices">
    <legend>{label}</legend>
    {choices.map(({ value: one, label: words, hint }, at) => (
      <label key={one} className="choice">
        <input
          type="checkbox"
          required={required && at === 0 && value.length === 0}
          checked={value.includes(one)}
          onChange={({ target }) => {
            onChange(target.checked ? [...value, one] : value.filter((other) => other !== one));
          }}
        />
        <span>
          <span className="choice-label">{words}</span>
          {hint !== undefined && <span className="hint">{hint}</span>}
        </span>
      </label>
    ))}
  </fieldset>
);

/** A file that somebody chooses. In the words of the console: a browser would use its own, whichever language is chosen here. */
export const FileInput = ({
  label,
  hint,
  disabled = false,
  onChosen,
}: {
  readonly label: string;
  readonly hint: string;
  readonly disabled?: boolean;
  readonly onChosen: (file: File) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const id = useId();
  const [name, setName] = useState<string>();
  return (
    <div className="field">
      <span className="field-label" id={`${id}-label`}>
        {label}
      </span>
      <div className="file">
        <input
          id={id}
          type="file"
          className="unseen"
          accept="application/json,.json"
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-hint`}
          disabled={disabled}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            setName(file?.name);
            if (file !== undefined) onChosen(file);
          }}
        />
        <label htmlFor={id} className="button button-small" aria-hidden="true">
          {t('form.file')}
        </label>
        <span className="quiet">{name ?? t('form.noFile')}</span>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
};
