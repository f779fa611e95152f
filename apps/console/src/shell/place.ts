// Which exchange is open is nobody's business who looks at the address bar, the history of the browser or what it keeps for the next
// start: an address holds the name of a screen and nothing else. The history remembers a random number, and only this memory
// knows which exchange it stands for.
import { useRouterState } from '@tanstack/react-router';

export type Place = {
  readonly exchange: string;
  readonly item?: string;
  /** What was said there and is to be passed on, in an exchange of its own. */
  readonly derivedFrom?: string;
};

declare module '@tanstack/react-router' {
  interface HistoryState {
    place?: string;
    /** Whoever comes to write from the board of referrals refers somebody. */
    refers?: true;
  }
}

const places = new Map<string, Place>();

/** A name for a place, which means nothing outside of this window. */
export const remembered = (place: Place): { place: string } => {
  const name = crypto.randomUUID();
  places.set(name, place);
  return { place: name };
};

export const forgetPlaces = (): void => {
  places.clear();
};

/** The place that is open; none after the page was loaded anew. */
export const usePlace = (): Place | undefined => {
  const name = useRouterState({ select: ({ location }) => location.state.place });
  return name === undefined ? undefined : places.get(name);
};
