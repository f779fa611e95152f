import type {
  AttemptsResponse,
  ErasureResponse,
  OverseenErasureResponse,
  RecallResponse,
  SearchResponse,
} from '@tripoint/contracts';
import { DemoError } from './demo-error.js';
import { codeOf } from './door.js';
import { eventually } from './eventually.js';
import type { SeenLeaf } from './hub-view.js';
import type { Play, Row } from './play.js';
import type { Check, Expectation } from './scenario.js';

/** Waits until an expectation holds, or until patience ends. What must not be is looked at once: nothing can unhappen. */
export const check = async (play: Play, expectation: Expectation): Promise<Check> => {
  const what = describe(expectation);
  try {
    const patience = 'withinSeconds' in expectation ? [expectation.withinSeconds] : [];
    await eventually(
      what,
      async () => ((await holds(play, expectation)) ? true : undefined),
      ...patience,
    );
    return { holds: true, what };
  } catch (thrown) {
    if (thrown instanceof DemoError && thrown.code === 'too-late') return { holds: false, what };
    throw thrown;
  }
};

const holds = async (play: Play, expectation: Expectation): Promise<boolean> => {
  switch (expectation.expect) {
    case 'request':
      return stands(play, expectation);
    case 'stands': {
      const row = await play.row(expectation.by, expectation.request);
      return row?.status === expectation.status;
    }
    case 'log-verifies':
      return play.beside().logVerifies();
    case 'rebuilds-to-the-same':
      return play.beside().rebuildsToTheSame(play.door(expectation.by).id);
    case 'release': {
      const row = await play.release(expectation.by, expectation.release);
      return (
        row?.status === expectation.status &&
        (expectation.purged === undefined || row.purgedAt !== undefined)
      );
    }
    case 'recall': {
      const item = play.recalled(expectation.recall);
      const { body } = await play.door(expectation.by).get(`recalls/${item}`);
      const { status, defaulted } = body as RecallResponse;
      return status === expectation.status && !defaulted;
    }
    case 'forgotten': {
      const { by, erasure, orderedBy, told } = expectation;
      const item = play.erasures.get(erasure);
      if (item === undefined)
        throw new DemoError('no-such-actor', `\`${erasure}\` was never ordered`);
      const seen = await play.oversight.get(`erasures/${item}`);
      const own = await play.door(by).get(`erasures/${item}`);
      if (seen.status === 404 || own.status === 404) return false;
      const all = seen.body as OverseenErasureResponse;
      const { by: ordering, status } = own.body as ErasureResponse;
      // Whoever keeps a share of the key lets it go as well.
      const others: readonly string[] = all.told
        .map(({ agency }) => agency)
        .filter((one) => !told.includes(one));
      const custodians = others.length === 0 ? [] : await play.beside().custodians();
      return (
        told.every((one) => all.told.some(({ agency }) => agency === one)) &&
        others.every((one) => custodians.includes(one)) &&
        all.told.every(({ purged, overdueSince }) => purged && overdueSince === undefined) &&
        [all.by, ordering].every((one) => one === orderedBy) &&
        status === 'ERASED'
      );
    }
    case 'reads-correction': {
      const item = play.recalled(expectation.recall);
      const { body } = await play.door(expectation.by).read(`recalls/${item}/content`);
      const text = JSON.stringify(body);
      return play.texts(expectation.canaries).every((canary) => text.includes(canary));
    }
    case 'reads': {
      const text = JSON.stringify(await play.content(expectation.by, expectation.request));
      return play.texts(expectation.canaries).every((canary) => text.includes(canary));
    }
    case 'does-not-read': {
      const events = await play.content(expectation.by, expectation.request);
      const text = JSON.stringify(events);
      return (
        events.length > 0 &&
        play.texts(expectation.canaries).every((canary) => !text.includes(canary)) &&
        events.every(({ compartments, parts }) =>
          expectation.compartments.every(
            (name) => !(compartments as readonly string[]).includes(name) && !(name in parts),
          ),
        )
      );
    }
    case 'knows-nothing-of': {
      const { kind, item } = play.played(expectation.request);
      const door = play.door(expectation.by);
      const [byId, content] = [
        await door.get(`${kind}/${item}`),
        await door.read(`${kind}/${item}/content`),
      ];
      const listed = await play.rows(expectation.by);
      return (
        codeOf(byId) === 'not-found' &&
        // Who reads no content at all is told that, whatever is asked for.
        (content.status === 403 || codeOf(content) === 'not-found') &&
        listed.every((row) => row.item !== item)
      );
    }
    case 'finds':
    case 'does-not-find': {
      const { body } = await play.door(expectation.by).search({
        text: expectation.text,
        as: 'number',
      });
      return (body as SearchResponse).rows.length > 0 === (expectation.expect === 'finds');
    }
    case 'attempts-on-record': {
      const { body } = await play.oversight.get('attempts');
      const text = JSON.stringify(body);
      const own = (body as AttemptsResponse).rows.filter(
        ({ index }) => Number(index) >= play.begin,
      );
      const tried = [
        await play.leaves().then((all) => all.flatMap(triedIn)),
        own.flatMap((row) => row.tried),
      ];
      return (
        tried.every((list) => expectation.tried.every((agency) => list.includes(agency))) &&
        play
          .texts(play.scenario.canaries.map(({ id }) => id))
          .every((canary) => !text.includes(canary))
      );
    }
    case 'due-on-record': {
      const { item } = play.played(expectation.request);
      return (await play.leaves()).some(({ records }) =>
        records.some((record) => record.about === 'due' && record.item === item),
      );
    }
  }
};

const stands = async (
  play: Play,
  expected: Extract<Expectation, { expect: 'request' }>,
): Promise<boolean> => {
  const row = await play.row(expected.by, expected.request);
  if (row?.status !== expected.status) return false;
  const { clockSeconds, overdue, late } = expected;
  return (
    (clockSeconds === undefined || secondsAllowed(row) === clockSeconds) &&
    (overdue === undefined || row.overdue === overdue) &&
    (late === undefined || (row.lateBySeconds ?? 0) > 0)
  );
};

/** Seconds from the receipt to the deadline, as a node shows them. */
export const secondsAllowed = ({ receivedAt, dueAt }: Row): number | undefined =>
  receivedAt === undefined || dueAt === undefined
    ? undefined
    : Math.round((Date.parse(dueAt) - Date.parse(receivedAt)) / 1000);

/** The agencies that a refused disclosure was to reach, when the leaf records one. */
export const triedIn = ({ event }: SeenLeaf): readonly string[] =>
  event?.family === 'attempt'
    ? event.compartments.flatMap(({ facts }) =>
        Array.isArray(facts['tried']) ? (facts['tried'] as readonly string[]) : [],
      )
    : [];

/** An expectation as a sentence. */
export const describe = (expectation: Expectation): string => {
  switch (expectation.expect) {
    case 'request': {
      const { by, request, status, clockSeconds, late } = expectation;
      const clock = clockSeconds === undefined ? '' : `, due ${clockSeconds} s after the receipt`;
      return `${by} sees ${request} ${status}${clock}${late === true ? ', late by so many seconds' : ''}`;
    }
    case 'release': {
      const { by, release, status, purged } = expectation;
      return `${by} sees ${release} ${status}${purged === true ? ', and that the copy is gone' : ''}`;
    }
    case 'stands':
      return `${expectation.by} sees ${expectation.request} ${expectation.status}`;
    case 'log-verifies':
      return 'the log verifies from its first leaf to its newest';
    case 'rebuilds-to-the-same':
      return `${expectation.by} makes its views again from what it keeps, and they are the same`;
    case 'recall':
      return `${expectation.by} sees the recall ${expectation.recall} ${expectation.status}, in time`;
    case 'forgotten': {
      const { erasure, told, orderedBy, by } = expectation;
      return `oversight sees that ${told.join(' and ')} have forgotten ${erasure}; ${by} sees that ${orderedBy} has ordered it`;
    }
    case 'reads-correction':
      return `${expectation.by} reads ${expectation.canaries.join(', ')} instead`;
    case 'reads':
      return `${expectation.by} reads ${expectation.canaries.join(', ')} in ${expectation.request}`;
    case 'does-not-read':
      return `${expectation.by} does not read ${expectation.canaries.join(', ')}, nor that there is a ${expectation.compartments.join(', ')}`;
    case 'knows-nothing-of':
      return `${expectation.by} cannot tell that ${expectation.request} exists`;
    case 'finds':
      return `${expectation.by} finds ${expectation.text}`;
    case 'does-not-find':
      return `${expectation.by} finds nothing for ${expectation.text}`;
    case 'attempts-on-record':
      return `the log records attempts to tell ${expectation.tried.join(' and ')}, without content`;
    case 'due-on-record':
      return `the log itself says that ${expectation.request} fell due`;
  }
};
