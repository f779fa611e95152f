import { RouterProvider } from '@tanstack/react-router';
import { type ReactElement, useEffect } from 'react';
import { SignIn } from '../session/sign-in';
import { useStanding } from '../session/use-session';
import { router } from './routes';

/** The whole of it: the way in, or what is behind it. Nothing of what is behind is mounted while somebody stands outside. */
export const Console = (): ReactElement | undefined => {
  const standing = useStanding();
  const outside = standing.is === 'out' || standing.is === 'locked';
  // While somebody types a password, what most of them see next comes already: on a slow line that is the difference.
  useEffect(() => {
    if (outside) void router.preloadRoute({ to: '/inbox' });
  }, [outside]);
  switch (standing.is) {
    case 'unknown':
      return undefined;
    case 'out':
      return <SignIn ended={standing.because === 'ended'} />;
    case 'locked':
      return <SignIn locked={standing.officer} />;
    case 'in':
      return <RouterProvider router={router} />;
  }
};
