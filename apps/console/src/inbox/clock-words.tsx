import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { Icon } from '../ui/icon';
import { clockOf, spanOf } from './clock';

/** The time of this machine, looked at again as often as a second hand needs it. */
export const useNow = (everyMs = 5_000): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs]);
  return now;
};

/** A clock in words. Colour and sign say it once more, and never alone. */
export const ClockWords = ({
  item,
  now,
}: {
  readonly item: Item;
  readonly now: number;
}): ReactElement | undefined => {
  const { t } = useTranslation();
  const clock = clockOf(item, now);
  const span = (milliseconds: number): string => {
    const { unit, count, rest } = spanOf(milliseconds);
    return t(`span.${unit}`, { count, rest });
  };
  switch (clock.is) {
    case 'none':
      return undefined;
    case 'overdue':
      return (
        <span className="clock clock-overdue">
          <Icon name="warning" />
          {t('clock.overdue', { span: span(clock.by) })}
        </span>
      );
    case 'running':
      return (
        <span className={`clock ${clock.soon ? 'clock-soon' : ''}`}>
          <Icon name="clock" />
          {t('clock.left', { span: span(clock.left) })}
        </span>
      );
    case 'standing':
      return (
        <span className="clock">
          <Icon name="pause" />
          {t('clock.standing')}
        </span>
      );
    case 'not-begun':
      return <span className="clock">{t('clock.notBegun')}</span>;
    case 'late':
      return (
        <span className="clock">
          {clock.by === 0 ? t('clock.tooLate') : t('clock.late', { span: span(clock.by) })}
        </span>
      );
    case 'in-time':
      return <span className="clock">{t('clock.inTime')}</span>;
  }
};
