import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createAgencyKeys, FederationFolder, KeysError } from '@tripoint/adapters/keys';
import { type OpenPgp, type StatementEntry } from '@tripoint/envelope';
import {
  type AgencyEntry,
  applyStatement,
  certificateText,
  countersign,
  DIRECTIVE_CLOCKS,
  draftPolicyActivation,
  draftStatement,
  type LocalName,
  type PairClocks,
  type StatementBody,
  type TransferRules,
} from '@tripoint/federation';
import {
  type AgencyId,
  type ChainId,
  type Instant,
  isRefusal,
  type OfficerId,
  type Refusal,
} from '@tripoint/kernel';

/** Somebody who can sign in to the demo. */
export type DemoOfficer = {
  readonly id: OfficerId;
  readonly name: string;
  /** A code of the vocabulary's roles. */
  readonly role: string;
};

/** One agency of the demo and the people who work there. */
export type DemoAgency = AgencyEntry & {
  readonly chain: ChainId;
  readonly officers: readonly DemoOfficer[];
};

const agency = (
  id: string,
  kind: AgencyEntry['kind'],
  state: string,
  clearance: AgencyEntry['clearance'],
  name: LocalName,
  officers: readonly (readonly [id: string, name: string, role: string])[],
): DemoAgency => ({
  id: id as AgencyId,
  name,
  kind,
  state,
  clearance,
  chain: (kind === 'HUB' ? id : `${id}-1`) as ChainId,
  officers: officers.map(([officer, called, role]) => ({
    id: officer as OfficerId,
    name: called,
    role,
  })),
});

/** What two agencies of the demo have agreed. */
export type DemoPair = {
  readonly between: readonly [string, string];
  readonly clocks: PairClocks;
  readonly transfer: TransferRules;
};

const WITHIN_THE_UNION: TransferRules = {
  permitted: true,
  ceiling: 'R-UE/EU-R',
  onward: 'ALLOWED',
};
/** With a third state: lower markings, and nothing travels on from there without being asked for. */
const WITH_A_THIRD_STATE: TransferRules = {
  permitted: true,
  ceiling: 'BPL',
  onward: 'WITH_AUTHORISATION',
};
/** Clocks that run out while somebody watches. */
const CLOCKS_TO_WATCH: PairClocks = {
  urgentDirect: 20,
  urgentIndirect: 40,
  routine: 60,
  grace: 10,
};

/** Whoever lets others in and looks at who has read what; each agency with a front door has one. */
export const SECURITY = 'NODE_SECURITY_OFFICER';

/** The federation that `npm start` founds: invented people in bodies that exist. */
export const DEMO_FEDERATION = {
  name: 'demo.tripoint',
  log: 'demo.tripoint/log',
  roots: ['root-bg', 'root-gr', 'root-tr'],
  threshold: 2,
  /** Where what lets something go further, or go for good, takes two officers. */
  fourEyes: ['gr-police'],
  agencies: [
    agency(
      'bg-gdbop',
      'POLICE',
      'BG',
      'R-UE/EU-R',
      {
        bg: 'Главна дирекция „Борба с организираната престъпност“',
        en: 'General Directorate Combating Organised Crime',
      },
      [
        ['d.petrova', 'Десислава Петрова', 'INVESTIGATOR'],
        ['s.kolev', 'Стоян Колев', 'ANALYST'],
        ['v.stoilov', 'Валентин Стоилов', 'JIT_LEADER'],
        ['l.asenova', 'Лилия Асенова', 'JIT_LEADER'],
        ['b.radeva', 'Боряна Радева', SECURITY],
      ],
    ),
    agency(
      'bg-border-police',
      'BORDER_POLICE',
      'BG',
      'R-UE/EU-R',
      { bg: 'Главна дирекция „Гранична полиция“', en: 'General Directorate Border Police' },
      [
        ['i.dimitrov', 'Иван Димитров', 'LIAISON_OFFICER'],
        ['m.ilieva', 'Мария Илиева', 'SPOC_OPERATOR'],
        ['k.hristov', 'Красимир Христов', 'CENTRE_COORDINATOR'],
        ['p.tonchev', 'Пламен Тончев', SECURITY],
      ],
    ),
    agency(
      'bg-customs',
      'CUSTOMS',
      'BG',
      'BPL',
      { bg: 'Агенция „Митници“', en: 'Customs Agency' },
      [
        ['g.nikolov', 'Георги Николов', 'LIAISON_OFFICER'],
        ['a.mineva', 'Анна Минева', SECURITY],
      ],
    ),
    agency(
      'bg-sans',
      'NATIONAL_SECURITY',
      'BG',
      'R-UE/EU-R',
      {
        bg: 'Държавна агенция „Национална сигурност“',
        en: 'State Agency for National Security',
      },
      [
        ['k.stoyanov', 'Калин Стоянов', 'ANALYST'],
        ['y.lazarova', 'Яна Лазарова', SECURITY],
      ],
    ),
    agency(
      'gr-police',
      'POLICE',
      'GR',
      'R-UE/EU-R',
      { el: 'Ελληνική Αστυνομία', en: 'Hellenic Police' },
      [
        ['n.papadakis', 'Νίκος Παπαδάκης', 'LIAISON_OFFICER'],
        ['e.georgiou', 'Ελένη Γεωργίου', 'INVESTIGATOR'],
        ['m.sarri', 'Μαρία Σαρρή', 'DATA_PROTECTION_OFFICER'],
        ['p.vlachou', 'Πηνελόπη Βλάχου', SECURITY],
      ],
    ),
    agency(
      'gr-customs',
      'CUSTOMS',
      'GR',
      'BPL',
      { el: 'Ελληνικά Τελωνεία', en: 'Hellenic Customs' },
      [
        ['k.alexiou', 'Κατερίνα Αλεξίου', 'LIAISON_OFFICER'],
        ['d.raptis', 'Δημήτρης Ράπτης', SECURITY],
      ],
    ),
    agency(
      'tr-police',
      'POLICE',
      'TR',
      'BPL',
      { tr: 'Emniyet Genel Müdürlüğü', en: 'Turkish National Police' },
      [
        ['a.yilmaz', 'Ayşe Yılmaz', 'LIAISON_OFFICER'],
        ['m.ozturk', 'Murat Öztürk', 'SPOC_OPERATOR'],
        ['e.demir', 'Elif Demir', SECURITY],
      ],
    ),
    agency(
      'tr-customs',
      'CUSTOMS',
      'TR',
      'BPL',
      { tr: 'Gümrükler Muhafaza Genel Müdürlüğü', en: 'Turkish Customs Enforcement' },
      [
        ['s.cetin', 'Selin Çetin', 'LIAISON_OFFICER'],
        ['o.aksoy', 'Okan Aksoy', SECURITY],
      ],
    ),
    agency(
      'animus',
      'NGO',
      'BG',
      'BPL',
      { bg: 'Фондация „Асоциация Анимус“', en: 'Animus Association Foundation' },
      [
        ['r.hristova', 'Рая Христова', 'NGO_CASEWORKER'],
        ['t.marinova', 'Теодора Маринова', 'NGO_SUPERVISOR'],
        ['n.vasileva', 'Невена Василева', SECURITY],
      ],
    ),
    agency(
      'bg-ncthb',
      'NATIONAL_COMMISSION',
      'BG',
      'BPL',
      {
        bg: 'Национална комисия за борба с трафика на хора',
        en: 'National Commission for Combating Trafficking in Human Beings',
      },
      [
        ['v.angelova', 'Вяра Ангелова', 'NRM_COORDINATOR'],
        ['h.penev', 'Христо Пенев', SECURITY],
      ],
    ),
    agency(
      'bg-rhi',
      'HEALTH',
      'BG',
      'BPL',
      { bg: 'Регионална здравна инспекция', en: 'Regional Health Inspection' },
      [
        ['z.karaivanova', 'Здравка Караиванова', 'RHI_COORDINATOR'],
        ['l.ganev', 'Лъчезар Ганев', SECURITY],
      ],
    ),
    agency(
      'oversight',
      'OVERSIGHT',
      'BG',
      'R-UE/EU-R',
      { bg: 'Независим надзор', en: 'Independent oversight' },
      [
        ['l.todorov', 'Любомир Тодоров', 'OVERSIGHT_AUDITOR'],
        ['e.boneva', 'Емилия Бонева', 'OVERSIGHT_AUDITOR'],
      ],
    ),
    agency('hub', 'HUB', 'BG', 'UNCLASSIFIED', { bg: 'Възел „Трипойнт“', en: 'Tripoint hub' }, []),
  ],
  pairs: [
    {
      between: ['bg-border-police', 'gr-police'],
      clocks: DIRECTIVE_CLOCKS,
      transfer: WITHIN_THE_UNION,
    },
    { between: ['bg-gdbop', 'gr-police'], clocks: DIRECTIVE_CLOCKS, transfer: WITHIN_THE_UNION },
    { between: ['bg-customs', 'gr-customs'], clocks: DIRECTIVE_CLOCKS, transfer: WITHIN_THE_UNION },
    { between: ['gr-police', 'tr-police'], clocks: CLOCKS_TO_WATCH, transfer: WITH_A_THIRD_STATE },
    {
      between: ['bg-border-police', 'tr-police'],
      clocks: DIRECTIVE_CLOCKS,
      transfer: WITH_A_THIRD_STATE,
    },
    { between: ['bg-gdbop', 'tr-police'], clocks: DIRECTIVE_CLOCKS, transfer: WITH_A_THIRD_STATE },
    {
      between: ['bg-customs', 'tr-customs'],
      clocks: DIRECTIVE_CLOCKS,
      transfer: WITH_A_THIRD_STATE,
    },
    {
      between: ['gr-customs', 'tr-customs'],
      clocks: DIRECTIVE_CLOCKS,
      transfer: WITH_A_THIRD_STATE,
    },
  ],
} as const satisfies {
  readonly agencies: readonly DemoAgency[];
  readonly pairs: readonly DemoPair[];
  readonly [name: string]: unknown;
};

/** A founded federation: where its keys are, and the statements with which its registry begins. */
export type FoundedFederation = {
  readonly folder: FederationFolder;
  /** In order; to be put on the registry's chain by the hub. */
  readonly statements: readonly StatementEntry[];
};

/**
 * Founds the demo federation in `dir`, or opens the one that is there: roots, the log's key, every agency's
 * keys and the first statements. Stopped at any moment, it is there whole or not at all.
 */
export const foundFederation = async (
  dir: string,
  openpgp: OpenPgp,
  at: Instant,
  policyBundle: Uint8Array,
): Promise<FoundedFederation> => {
  const existing = await FederationFolder.open(openpgp, dir).catch((error: unknown) => {
    if (error instanceof KeysError && error.code === 'key-missing') return undefined;
    throw error;
  });
  if (existing !== undefined) return { folder: existing, statements: await existing.statements() };

  const unfinished = join(dirname(dir), `.founding-${randomBytes(6).toString('hex')}`);
  try {
    await found(unfinished, openpgp, at, policyBundle);
    await rename(unfinished, dir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  const folder = await FederationFolder.open(openpgp, dir);
  return { folder, statements: await folder.statements() };
};

const found = async (
  dir: string,
  openpgp: OpenPgp,
  at: Instant,
  policyBundle: Uint8Array,
): Promise<void> => {
  const { name: federation, log, roots, threshold, agencies, pairs } = DEMO_FEDERATION;
  const folder = await FederationFolder.found(openpgp, dir, {
    federation,
    logName: log,
    roots,
    threshold,
    at,
  });
  const signers = await Promise.all(roots.slice(0, threshold).map((root) => folder.rootKey(root)));
  let { registry } = await folder.registry();
  const enact = async (draft: StatementEntry): Promise<void> => {
    let entry = draft;
    for (const signer of signers) entry = proven(await countersign(openpgp, entry, signer));
    const { seq } = registry.next;
    registry = proven(await applyStatement(openpgp, registry, entry, registry.index + 1n));
    await folder.keep(seq, entry);
  };
  const enactBody = (body: StatementBody): Promise<void> =>
    enact(draftStatement(registry, body, at));

  for (const { id, name, kind, state, clearance, chain } of agencies) {
    const agency: AgencyEntry = { id, name, kind, state, clearance };
    const { bytes } = await createAgencyKeys(openpgp, folder.keysOf(agency.id), {
      name: agency.id,
      at,
    });
    await enactBody({
      kind: 'agency-enrolled',
      agency,
      certificate: certificateText(bytes),
      chains: [chain],
    });
  }
  for (const { between, clocks, transfer } of pairs) {
    const [a, b] = between as readonly string[] as readonly [AgencyId, AgencyId];
    await enactBody({ kind: 'pair-agreed', a, b, clocks, transfer });
  }
  await enact(draftPolicyActivation(registry, policyBundle, at));
};

/** What the demo states about itself is never refused; if it is, the demo is wrong. */
const proven = <T>(outcome: T): Exclude<T, Refusal> => {
  if (isRefusal(outcome)) throw new Error(`founding the demo: ${outcome.refused}`);
  return outcome as Exclude<T, Refusal>;
};
