import { useEffect, useState } from 'react';

/** Nobody has touched the console for so long: it locks itself. */
export const IDLE_MS = 10 * 60_000;
/** Said beforehand, so that somebody who only reads can stay. */
export const WARNING_MS = 60_000;

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/** Calls `idle` once nobody has done anything for `IDLE_MS`; answers whether that is near. */
export const useIdle = (idle: () => void): boolean => {
  const [near, setNear] = useState(false);
  useEffect(() => {
    // Told by the clock and not by a long timer: a machine that slept has been left alone, too.
    let last = Date.now();
    const sign = (): void => {
      last = Date.now();
      setNear(false);
    };
    const look = (): void => {
      const left = IDLE_MS - (Date.now() - last);
      if (left <= 0) idle();
      else setNear(left <= WARNING_MS);
    };
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true });
    const timer = setInterval(look, 1_000);
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const name of SIGNS) window.removeEventListener(name, sign);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [idle]);
  return near;
};
