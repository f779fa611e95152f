import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/parts.css';
import './design/date.css';
import './design/screens.css';
import './design/record.css';
import './design/forgetting.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSignedOut, Trouble } from './api/client';
import { forgetDrafts } from './compose/drafts';
import { startLanguage } from './language/language';
import { Session } from './session/session';
import { SessionContext } from './session/use-session';
import { Console } from './shell/console';
import { forgetPlaces } from './shell/place';
import { forgetPurposes } from './exchange/purposes';
import { sayWhatIsMissing } from './ui/missing';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; a lost line does not.
      retry: (failures, thrown) =>
        failures < 3 && (!(thrown instanceof Trouble) || [0, 503].includes(thrown.status)),
      refetchOnWindowFocus: false,
      staleTime: 15_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

const session = new Session(() => {
  client.clear();
  forgetDrafts();
  forgetPlaces();
  forgetPurposes();
});
whenSignedOut(session.ended);

const start = async (): Promise<void> => {
  const root = document.getElementById('console');
  if (root === null) return;
  const [language] = await Promise.all([startLanguage(), session.resume()]);
  sayWhatIsMissing(() => language.t('form.missing'));
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <SessionContext value={session}>
          <Console />
        </SessionContext>
      </QueryClientProvider>
    </StrictMode>,
  );
};

void start();
