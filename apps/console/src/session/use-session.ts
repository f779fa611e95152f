import { createContext, use, useSyncExternalStore } from 'react';
import { type Officer } from '../api/shapes';
import { type Session, type Standing } from './session';

export const SessionContext = createContext<Session | undefined>(undefined);

export const useSession = (): Session => {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('there is no session around this');
  return session;
};

export const useStanding = (): Standing => {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.snapshot);
};

/** Whoever is signed in; what calls this is only shown to somebody who is. */
export const useOfficer = (): Officer => {
  const standing = useStanding();
  if (standing.is !== 'in') throw new Error('nobody is signed in');
  return standing.officer;
};
