import { parseDate, parseDateTime, toCalendarDateTime } from '@internationalized/date';
import { type ReactElement, useState } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Group,
  Heading,
  I18nProvider,
  Label,
  Popover,
  Text,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { Icon } from './icon';

export type Dated = {
  readonly label: string;
  readonly hint?: string;
  /** As a draft keeps it: a day, or a day and a time of this machine's clock, without a zone; nothing yet is an empty text. */
  readonly value: string;
  readonly onChange: (value: string) => void;
};

const now = (): string => {
  const at = new Date();
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** The days of a month, to choose one by looking; what is typed into the field moves it along. */
const Days = (): ReactElement => (
  <Popover className="days" placement="bottom start">
    <Dialog className="days-in">
      <Calendar>
        <header className="days-head">
          <Button slot="previous" className="button button-plain button-small">
            <Icon name="back" />
          </Button>
          <Heading className="days-month" />
          <Button slot="next" className="button button-plain button-small days-next">
            <Icon name="back" />
          </Button>
        </header>
        <CalendarGrid weekdayStyle="short">
          {(day) => <CalendarCell date={day} className="day" />}
        </CalendarGrid>
      </Calendar>
    </Dialog>
  </Popover>
);

/**
 * A date in the language and the order of the console. What a browser brings for it speaks the browser's own language, whichever is chosen
 * here, and a month that is taken for a day is a legal clock that is wrong.
 */
export const DateField = ({
  label,
  hint,
  value,
  onChange,
  withTime,
}: Dated & { readonly withTime: boolean }): ReactElement => {
  const { t } = useTranslation();
  const { locale } = useLocale();
  const [earliest] = useState(now);
  return (
    <I18nProvider locale={locale}>
      <DatePicker
        className="field"
        value={value === '' ? null : withTime ? parseDateTime(value) : parseDate(value)}
        onChange={(next) => {
          if (next === null) onChange('');
          else
            onChange(withTime ? toCalendarDateTime(next).toString().slice(0, 16) : next.toString());
        }}
        {...(withTime && { minValue: parseDateTime(earliest) })}
        granularity={withTime ? 'minute' : 'day'}
        hourCycle={24}
        shouldForceLeadingZeros
        isRequired
      >
        <Label className="field-label">{label}</Label>
        <Group className="date">
          <DateInput className="date-in">
            {(segment) => <DateSegment segment={segment} className="date-part" />}
          </DateInput>
          <Button className="button button-plain button-small">
            <Icon name="days" />
          </Button>
        </Group>
        {hint !== undefined && (
          <Text slot="description" className="hint">
            {hint}
          </Text>
        )}
        <FieldError className="hint hint-wrong">
          {({ validationDetails, validationErrors }) =>
            validationDetails.valueMissing ? t('form.missing') : validationErrors.join(' ')
          }
        </FieldError>
        <Days />
      </DatePicker>
    </I18nProvider>
  );
};
