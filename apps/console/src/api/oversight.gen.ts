// Generated from the OpenAPI document of `oversight`; oversight.e2e.spec.ts says how, and that it is current.
export interface paths {
  '/agencies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every member of the federation, and what the record has of it
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['standing_agencies'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/agencies/{agency}/read-roots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The roots that an agency has published over its record of reads
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['reads_roots'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/agencies/{agency}/reads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hold rows that an agency has shown against the root in the log; what differs is found
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    post: operations['reads_check'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/attempts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Disclosures that were refused, the newest first
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['decisions_attempts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/decisions/{index}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Decides a leaf again, from the log’s first leaf on
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['decisions_replay'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/decisions/next-bundle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What proposed rules would have decided otherwise
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    post: operations['decisions_nextBundle'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/descriptors/{descriptor}/as-of/{index}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How every agency stands to a compartment as of a leaf, and why
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['decisions_standings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/disclosures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every order to disclose, the newest first, and its review
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['disclosures_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/doubts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which leaves of whom a lost key puts in doubt, which were attested since, and whose weekly attestation is overdue
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['doubts_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/erasures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every erasure, the newest first, and who is overdue since when
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['erasures_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/erasures/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One erasure
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['erasures_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exchanges/{exchange}/as-of/{index}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who could see what of an exchange as of a leaf
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['decisions_asOf'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/findings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was found, by age
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['findings_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/findings/{finding}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One finding, every time it was found, and all that became of it
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['findings_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/findings/{finding}/steps': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a finding a step on, with a reason; nothing is taken back
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    post: operations['findings_step'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the process answers at all
     * @description Anybody may call it.
     */
    get: operations['health_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether everything that the node depends on is there
     * @description Anybody may call it.
     */
    get: operations['health_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Leaves, as far as they were recomputed
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['log_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/log/{index}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One leaf with its records, its source and what was decided
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['log_leaf'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/log/{index}/inclusion': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Shows that the leaf is in the tree
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['log_inclusion'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/log/consistency': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Shows that the log only ever grew
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['log_consistency'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/mailboxes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who has signed that it was handed what its mailbox has to hold
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['verification_mailboxes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every code that this node can answer with
     * @description Anybody may call it.
     */
    get: operations['problems_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems/{code}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What one code means
     * @description Anybody may call it.
     */
    get: operations['problems_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in
     * @description Anybody may call it.
     */
    post: operations['sessions_open'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions/console': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in with the console: the session is kept in a cookie
     * @description Anybody may call it.
     */
    post: operations['sessions_openConsole'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions/console/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Change one’s own password with the console: its session is a new one
     * @description Any officer who is signed in may call it.
     */
    put: operations['sessions_changeConsolePassword'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who is signed in
     * @description Any officer who is signed in may call it.
     */
    get: operations['sessions_current'];
    put?: never;
    post?: never;
    /**
     * Sign out
     * @description Any officer who is signed in may call it.
     */
    delete: operations['sessions_close'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions/current/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Change one’s own password: ends every session, and opens a new one
     * @description Any officer who is signed in may call it.
     */
    put: operations['sessions_changePassword'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/trust': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whose signatures count, and the newest checkpoint with a quorum
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['standing_trust'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/verification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far the continuous verification is
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    get: operations['verification_state'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AsOfResponse: {
      /** @description In the order of the log. */
      disclosed: components['schemas']['DisclosedResponse'][];
      /**
       * Format: uuid
       * @description The exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description The leaf.
       * @example 42
       */
      index: string;
    };
    AttemptResponse: {
      /**
       * Format: date-time
       * @description Its time.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /** @description The sentences of the rules that denied it. */
      because?: string;
      /** @description The compartment that was denied at the leaf. */
      compartment?: string;
      /** @description Whether the sender’s node refused it before anything was sent. */
      declared: boolean;
      /**
       * Format: uuid
       * @description The exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description The leaf.
       * @example 42
       */
      index: string;
      /**
       * @description Who tried.
       * @example gr-police
       */
      issuer: string;
      /**
       * @description To whom it was to go.
       * @example [
       *       "gr-customs"
       *     ]
       */
      tried: string[];
    };
    AttemptsResponse: {
      /**
       * @description How many there are.
       * @example 42
       */
      found: string;
      /** @description The newest first. */
      rows: components['schemas']['AttemptResponse'][];
    };
    ChangedDecisionResponse: {
      /**
       * @description The compartment.
       * @example core
       */
      compartment: string;
      /**
       * @description The descriptor.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      descriptor: string;
      /**
       * @description The leaf.
       * @example 42
       */
      index: string;
      /**
       * @description The recipient.
       * @example gr-police
       */
      recipient: string;
      /** @description As it was decided. */
      was: components['schemas']['OtherDecisionResponse'];
      /** @description As it would be. */
      would: components['schemas']['OtherDecisionResponse'];
    };
    ChangedTermResponse: {
      /**
       * @description How many parts were said under it, cores not counted.
       * @example 0
       */
      parts: number;
      /**
       * @description The class.
       * @example STANDARD
       */
      retention: string;
      /**
       * @description For how many seconds it was to be kept; absent: for good.
       * @example 0
       */
      was?: number;
      /**
       * @description For how many it would be.
       * @example 0
       */
      would?: number;
    };
    ChangePasswordBody: {
      /**
       * Format: password
       * @description The new password.
       */
      next: string;
      /**
       * Format: password
       * @description The present password.
       */
      present: string;
    };
    CheckedReadsResponse: {
      /**
       * @description How many were held against it.
       * @example 42
       */
      checked: string;
      /**
       * @description The leaf of the root.
       * @example 42
       */
      leaf: string;
      /** @description Whether every one of them stands under the root. */
      sound: boolean;
      /**
       * @description The first that does not stand there.
       * @example 42
       */
      wrong?: string;
    };
    CheckpointResponse: {
      /**
       * @description The signed note (C2SP tlog-checkpoint).
       * @example tripoint.example/log
       *     …
       */
      note: string;
      /**
       * @description The root over them.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      root: string;
      /**
       * @description How many leaves it covers.
       * @example 42
       */
      size: string;
    };
    ConsistencyResponse: {
      /**
       * @description The older size.
       * @example 42
       */
      from: string;
      /**
       * @description The older root.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      fromRoot: string;
      /**
       * @description The nodes (RFC 6962 §2.1.2).
       * @example [
       *       "0000000000000000000000000000000000000000000000000000000000000000"
       *     ]
       */
      path: string[];
      /**
       * @description The newer size.
       * @example 42
       */
      to: string;
      /**
       * @description The newer root.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      toRoot: string;
    };
    CurrentOfficerResponse: {
      /**
       * @description The officer’s agency.
       * @example gr-police
       */
      agency: string;
      /**
       * @description What kind of front door this is.
       * @example AGENCY
       */
      door: components['schemas']['FrontDoor'];
      /** @description The officer’s name. */
      name: string;
      /**
       * @description The officer.
       * @example eleni.papadaki
       */
      officer: string;
      /**
       * @description What the officer may do.
       * @example [
       *       "LIAISON_OFFICER"
       *     ]
       */
      roles: components['schemas']['OfficerRole'][];
    };
    DecisionInputResponse: {
      /**
       * @description Its name.
       * @example relation.participant
       */
      name: string;
      /**
       * @description What it was.
       * @example true
       */
      value: string;
    };
    DisclosedResponse: {
      /**
       * Format: date-time
       * @description Its time.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /** @description Who was given it, and who was not. */
      audience: components['schemas']['SeenResponse'][];
      /**
       * @description Its classification.
       * @example R-UE/EU-R
       */
      classification: string;
      /**
       * @description The compartment.
       * @example core
       */
      compartment: string;
      /**
       * Format: uuid
       * @description The event.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /** @description Its family. */
      family: string;
      /**
       * @description Its handling codes.
       * @example [
       *       "H1"
       *     ]
       */
      handling: string[];
      /**
       * @description The leaf.
       * @example 42
       */
      index: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      issuer: string;
      /**
       * Format: date-time
       * @description Until when, where it was handed on for a time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until?: string;
    };
    DisclosureReviewResponse: {
      /**
       * Format: date-time
       * @description That leaf’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description Who reviewed it.
       * @example gr-police
       */
      by: string;
      /**
       * @description The leaf that says so.
       * @example 42
       */
      leaf: string;
      /**
       * @description What oversight thinks of the emergency.
       * @example JUSTIFIED
       */
      outcome: components['schemas']['ReviewOutcome'];
    };
    DoubtResponse: {
      /**
       * @description Whose key it was.
       * @example gr-police
       */
      agency: string;
      /** @description Leaves that were in doubt, and that the agency has attested since by other keys. */
      attested: components['schemas']['LeafRun'][];
      /** @description The fingerprint of its certificate. */
      certificate: string;
      /**
       * @description How many leaves are in doubt and not attested.
       * @example 42
       */
      inDoubt: string;
      /** @description Those leaves. */
      leaves: components['schemas']['LeafRun'][];
      /**
       * @description What was said of the key.
       * @example compromised
       */
      reason: string;
      /** @description What rests on those leaves: a grant among them is over, the rest is for people to look into. */
      resting: components['schemas']['RestingResponse'][];
      /**
       * @description The leaf from which on it may have been in other hands.
       * @example 42
       */
      since: string;
      /**
       * @description The leaf from which on nothing more was taken under it.
       * @example 42
       */
      until: string;
    };
    DoubtsResponse: {
      /** @description Whose word has not been attested for more than eight days: a compromise could be dated as far back. */
      overdue: components['schemas']['OverdueAttestationResponse'][];
      /**
       * @description How many leaves have been recomputed.
       * @example 42
       */
      replayed: string;
      /** @description The oldest certificate first. */
      rows: components['schemas']['DoubtResponse'][];
    };
    DrillResponse: {
      /**
       * Format: date-time
       * @description By when it is to be shown again.
       * @example 2026-11-23T12:00:00.000Z
       */
      due: string;
      /** @description Whether that is overdue. */
      overdue: boolean;
      /**
       * Format: date-time
       * @description That leaf’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      provenAt?: string;
      /**
       * @description The leaf at which it was shown last.
       * @example 42
       */
      provenLeaf?: string;
    };
    FaultResponse: {
      /**
       * @description What is wrong there.
       * @example is not in the list of codes
       */
      detail: string;
      /**
       * @description JSON pointer as a URI fragment (RFC 6901 §6).
       * @example #/entities/0/plate
       */
      pointer: string;
    };
    FindingHistoryResponse: {
      /** @description As it stands. */
      finding: components['schemas']['OversightFindingResponse'];
      /** @description The newest first. */
      occasions: components['schemas']['FindingOccasionResponse'][];
      /** @description In order. */
      steps: components['schemas']['FindingStepResponse'][];
    };
    FindingOccasionResponse: {
      /**
       * Format: date-time
       * @description When.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /** @description What was found. */
      detail: string;
      /**
       * @description The leaf it was about.
       * @example 42
       */
      leaf?: string;
    };
    /** @enum {string} */
    FindingsAsked:
      | 'OPEN'
      | 'ACKNOWLEDGED'
      | 'EXPLAINED'
      | 'REMEDIED'
      | 'CONFIRMED_BREACH'
      | 'CLOSED'
      | 'UNSETTLED';
    /** @enum {string} */
    FindingsOrder: 'OLDEST' | 'NEWEST';
    /**
     * @description What has become of it.
     * @enum {string}
     */
    FindingState:
      'OPEN' | 'ACKNOWLEDGED' | 'EXPLAINED' | 'REMEDIED' | 'CONFIRMED_BREACH' | 'CLOSED';
    FindingStepBody: {
      /** @description Why; never case content. It stays for good. */
      reason: string;
      /**
       * @description What it becomes.
       * @example ACKNOWLEDGED
       */
      state: components['schemas']['FindingState'];
    };
    FindingStepResponse: {
      /**
       * Format: date-time
       * @description When.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /** @description Who said so; absent for being found. */
      by?: string;
      /** @description Why. */
      reason: string;
      /**
       * @description What it became.
       * @example OPEN
       */
      state: components['schemas']['FindingState'];
    };
    /**
     * @description Why.
     * @enum {string}
     */
    ForgottenBecause:
      | 'DATA_SUBJECT_RIGHT'
      | 'INACCURATE'
      | 'UNLAWFUL'
      | 'PURPOSE_ENDED'
      | 'CONSENT_WITHDRAWN'
      | 'COURT_ORDER'
      | 'SUPERVISORY_ORDER'
      | 'RETENTION_OVER';
    /**
     * @description What kind of front door this is.
     * @enum {string}
     */
    FrontDoor: 'AGENCY' | 'OVERSIGHT';
    HealthCheckResponse: {
      /**
       * @description Its name.
       * @example database
       */
      name: string;
      /** @description Whether it passes. */
      ready: boolean;
    };
    HealthResponse: {
      /** @description The checks. */
      checks: components['schemas']['HealthCheckResponse'][];
      /**
       * @description Whether every check passes.
       * @example up
       */
      status: components['schemas']['HealthStatus'];
    };
    /**
     * @description Whether every check passes.
     * @enum {string}
     */
    HealthStatus: 'up' | 'down';
    InclusionResponse: {
      /**
       * @description The leaf.
       * @example 42
       */
      index: string;
      /**
       * @description The audit path (RFC 6962 §2.1.1), from the leaf upwards.
       * @example [
       *       "0000000000000000000000000000000000000000000000000000000000000000"
       *     ]
       */
      path: string[];
      /**
       * @description The root of the tree.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      root: string;
      /**
       * @description The size of the tree.
       * @example 42
       */
      size: string;
    };
    /**
     * @description Why a copy stays, where one does.
     * @enum {string}
     */
    KeptBecause: 'COURT_FILE' | 'LEGAL_HOLD';
    LeafResponse: {
      /**
       * Format: date-time
       * @description Its time.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description Its hash in the tree (RFC 6962).
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      hash: string;
      /**
       * @description Its index.
       * @example 42
       */
      index: string;
      /**
       * @description Its kind.
       * @example event
       */
      kind: string;
      /**
       * @description Its bytes: JSON in canonical form (RFC 8785).
       * @example {"index":0}
       */
      leaf: string;
      /**
       * @description The records that its verdicts commit to, for those who may see them.
       * @example []
       */
      records?: {
        [key: string]: unknown;
      }[];
    };
    LeafRun: {
      /**
       * @description The first leaf.
       * @example 42
       */
      first: string;
      /**
       * @description The last leaf.
       * @example 42
       */
      last: string;
    };
    LogRowResponse: {
      /**
       * @description Verdicts that allow.
       * @example 3
       */
      allowed: number;
      /**
       * Format: date-time
       * @description Its time.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /** @description Why it was rejected. */
      code?: string;
      /**
       * @description Verdicts that deny.
       * @example 1
       */
      denied: number;
      /**
       * @description The family of the event.
       * @example request
       */
      family?: string;
      /**
       * @description Its hash in the tree (RFC 6962).
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      hash: string;
      /**
       * @description Its index.
       * @example 42
       */
      index: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      issuer?: string;
      /**
       * @description Its kind.
       * @example event
       */
      kind: string;
      /** @description Whether the clock of its issuer stood off. */
      late: boolean;
    };
    LogRowsResponse: {
      /**
       * @description The index to go on from; absent at the end.
       * @example 42
       */
      next?: string;
      /** @description In order. */
      rows: components['schemas']['LogRowResponse'][];
      /**
       * @description How many leaves have been verified.
       * @example 42
       */
      size: string;
    };
    MailboxesResponse: {
      /**
       * @description How many leaves have been recomputed.
       * @example 42
       */
      replayed: string;
      /** @description By agency. */
      rows: components['schemas']['MailboxResponse'][];
    };
    MailboxResponse: {
      /**
       * @description Whose mailbox it is.
       * @example gr-police
       */
      agency: string;
      /** @description Whether it signed that it was handed another mailbox than the log says. */
      contradicts: boolean;
      /**
       * Format: date-time
       * @description That leaf’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      countersignedAt?: string;
      /**
       * @description The leaf of the newest heads that the agency has countersigned.
       * @example 42
       */
      heads?: string;
      /**
       * @description The leaf that says so.
       * @example 42
       */
      leaf?: string;
      /** @description Whether they have waited for more than half an hour of the log’s time. */
      overdue: boolean;
      /**
       * @description The leaf of the oldest heads that wait for a countersignature.
       * @example 42
       */
      waitingFor?: string;
      /**
       * Format: date-time
       * @description Since when they wait.
       * @example 2026-11-23T12:00:00.000Z
       */
      waitingSince?: string;
    };
    MembersStandingResponse: {
      /** @description Ordered by id. */
      rows: components['schemas']['MemberStandingResponse'][];
    };
    MemberStandingResponse: {
      /** @description Whether it takes part at present. */
      active: boolean;
      /**
       * @description The agency.
       * @example gr-police
       */
      agency: string;
      /**
       * @description How often a verdict kept something of them from somebody.
       * @example 0
       */
      denied: number;
      /**
       * @description How many events it has said.
       * @example 12
       */
      events: number;
      /**
       * @description What kind of body it is.
       * @example POLICE
       */
      kind: string;
      /**
       * @description For how many of them the clock of its node stood off.
       * @example 0
       */
      late: number;
      /**
       * @description Its name by language (ISO 639-1).
       * @example {
       *       "en": "Hellenic Police"
       *     }
       */
      name: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @description When the log recorded the newest.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt?: string;
      /**
       * @description How many of them were rejected.
       * @example 0
       */
      rejected: number;
      /**
       * @description Its state (ISO 3166-1 alpha-2).
       * @example GR
       */
      state: string;
    };
    NextBundleBody: {
      /**
       * @description The bundle, as `tripoint policy bundle` writes it: JSON in canonical form.
       * @example {"v":1}
       */
      bundle: string;
      /**
       * @description The first leaf whose decisions count; 0 unless told.
       * @example 42
       */
      since?: string;
    };
    NextBundleResponse: {
      /**
       * @description How many were decided again.
       * @example 0
       */
      decisions: number;
      /**
       * @description Denied, and would be allowed.
       * @example 0
       */
      nowAllowed: number;
      /**
       * @description Allowed, and would be denied.
       * @example 0
       */
      nowDenied: number;
      /**
       * @description As it is, by other rules.
       * @example 0
       */
      otherRules: number;
      /** @description The first of them. */
      rows: components['schemas']['ChangedDecisionResponse'][];
      /** @description Whether the log is sound as far as it was decided again. */
      sound: boolean;
      /** @description What would be kept for another time, by class and by the term under which it was said. */
      terms: components['schemas']['ChangedTermResponse'][];
    };
    /**
     * @description What the officer may do.
     * @enum {string}
     */
    OfficerRole:
      | 'LIAISON_OFFICER'
      | 'CENTRE_COORDINATOR'
      | 'SPOC_OPERATOR'
      | 'ANALYST'
      | 'INVESTIGATOR'
      | 'PROSECUTOR'
      | 'JIT_LEADER'
      | 'FIU_ANALYST'
      | 'FIRST_LINE_IDENTIFIER'
      | 'NGO_CASEWORKER'
      | 'NGO_SUPERVISOR'
      | 'INFO_DESK_OPERATOR'
      | 'HOTLINE_116000'
      | 'SACP_OFFICER'
      | 'SAD_SOCIAL_WORKER'
      | 'GUARDIAN'
      | 'RHI_COORDINATOR'
      | 'CONSULAR_OFFICER'
      | 'SAR_CASEWORKER'
      | 'IOM_CASEWORKER'
      | 'UNHCR_PROTECTION'
      | 'LEGAL_AID_COUNSEL'
      | 'NRM_COORDINATOR'
      | 'LOCAL_COMMISSION_SECRETARY'
      | 'DATA_PROTECTION_OFFICER'
      | 'OCG_MEMBER'
      | 'OVERSIGHT_AUDITOR'
      | 'WITNESS_OPERATOR'
      | 'NODE_SECURITY_OFFICER'
      | 'HUB_OPERATOR';
    OpenSessionBody: {
      /**
       * @description The officer.
       * @example eleni.papadaki
       */
      officer: string;
      /**
       * Format: password
       * @description The password.
       */
      password: string;
    };
    OrderedDisclosureResponse: {
      /**
       * Format: date-time
       * @description That leaf’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description Who is to read it.
       * @example gr-police
       */
      beneficiary: string;
      /**
       * @description Custodians that will not.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      declined: string[];
      /** @description Whether an emergency was invoked. */
      emergency: boolean;
      /** @description Whether the log has said that its time is over. */
      ended: boolean;
      /**
       * Format: uuid
       * @description The event that is to be disclosed.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description The exchange in which it was given.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description On what ground.
       * @example DANGER_TO_LIFE
       */
      ground?: string;
      /**
       * Format: uuid
       * @description The order.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * @description The leaf at which it was ordered.
       * @example 42
       */
      leaf: string;
      /**
       * @description Who ordered it.
       * @example gr-police
       */
      orderedBy: string;
      /**
       * @description Who said that, and is told.
       * @example gr-police
       */
      originator: string;
      /** @description Whether its review is overdue. */
      overdue: boolean;
      /**
       * @description Custodians that have handed over their share.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      released: string[];
      /** @description What oversight has said of it. */
      review?: components['schemas']['DisclosureReviewResponse'];
      /**
       * Format: date-time
       * @description By when an emergency is to be reviewed.
       * @example 2026-11-23T12:00:00.000Z
       */
      reviewDue?: string;
      /**
       * Format: date-time
       * @description When it ends by itself, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    OrderedDisclosuresResponse: {
      /** @description How it stands with drills; absent where nobody keeps shares. */
      drill?: components['schemas']['DrillResponse'];
      /**
       * @description How many there are.
       * @example 42
       */
      found: string;
      /**
       * @description How many wait for a review that is overdue.
       * @example 42
       */
      overdue: string;
      /**
       * @description How many leaves have been recomputed.
       * @example 42
       */
      replayed: string;
      /** @description The newest first. */
      rows: components['schemas']['OrderedDisclosureResponse'][];
    };
    OtherDecisionResponse: {
      /** @description Whether the compartment is given. */
      allowed: boolean;
      /** @description Their sentences. */
      because: string;
      /**
       * @description The rules that decide.
       * @example []
       */
      rules: string[];
    };
    OverdueAttestationResponse: {
      /**
       * @description Whose word it is.
       * @example gr-police
       */
      agency: string;
      /**
       * Format: date-time
       * @description When the log recorded that.
       * @example 2026-11-23T12:00:00.000Z
       */
      attestedAt?: string;
      /**
       * @description Through which leaf it has attested; absent while it never has.
       * @example 42
       */
      attestedThrough?: string;
      /**
       * @description The oldest leaf of its own that is not attested.
       * @example 42
       */
      leaf: string;
      /**
       * Format: date-time
       * @description When the log recorded it.
       * @example 2026-11-23T12:00:00.000Z
       */
      since: string;
    };
    OverseenErasureResponse: {
      /**
       * @description Who ordered it; absent where its time to be kept is over.
       * @example gr-police
       */
      by?: string;
      /**
       * Format: uuid
       * @description The event that said it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description The exchange in which it was said.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description Why.
       * @example DATA_SUBJECT_RIGHT
       */
      ground: components['schemas']['ForgottenBecause'];
      /**
       * Format: uuid
       * @description The erasure.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * @description The leaf from which on it is forgotten.
       * @example 42
       */
      leaf: string;
      /**
       * Format: date-time
       * @description When that was.
       * @example 2026-11-23T12:00:00.000Z
       */
      orderedAt: string;
      /**
       * @description Who said it.
       * @example gr-police
       */
      originator: string;
      /**
       * @description Whose time is over, and who has said nothing.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      overdue: string[];
      /**
       * @description How it stands.
       * @example ORDERED
       */
      status: components['schemas']['OverseenErasureStatus'];
      /** @description Everybody who was told. */
      told: components['schemas']['OverseenHolderResponse'][];
      /**
       * Format: date-time
       * @description By when it is to be gone everywhere, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    OverseenErasuresResponse: {
      /**
       * @description How many there are.
       * @example 42
       */
      found: string;
      /**
       * @description Of how many somebody is overdue.
       * @example 42
       */
      overdue: string;
      /**
       * @description How many leaves have been recomputed.
       * @example 42
       */
      replayed: string;
      /** @description The newest first. */
      rows: components['schemas']['OverseenErasureResponse'][];
    };
    /**
     * @description How it stands.
     * @enum {string}
     */
    OverseenErasureStatus: 'ORDERED' | 'ERASED' | 'SHREDDED';
    OverseenHolderResponse: {
      /**
       * @description Who was told to forget it.
       * @example gr-police
       */
      agency: string;
      /**
       * Format: date-time
       * @description When its last backup that holds it is deleted.
       * @example 2026-11-23T12:00:00.000Z
       */
      backupsUntil?: string;
      /**
       * @description Why a copy stays, where one does.
       * @example [
       *       "COURT_FILE"
       *     ]
       */
      kept?: components['schemas']['KeptBecause'][];
      /**
       * Format: date-time
       * @description Since when it is overdue; also where it has come late.
       * @example 2026-11-23T12:00:00.000Z
       */
      overdueSince?: string;
      /** @description Whether it has said that it is gone: a claim, and no proof. */
      purged: boolean;
      /**
       * @description What it says that it has emptied.
       * @example [
       *       "CONTENT"
       *     ]
       */
      stores?: components['schemas']['PurgedStore'][];
    };
    OversightFindingResponse: {
      /**
       * @description Days since it was found first.
       * @example 0
       */
      ageInDays: number;
      /**
       * @description The agency it is about.
       * @example gr-police
       */
      agency?: string;
      /**
       * Format: date-time
       * @description When it was found first.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description Its code.
       * @example decision-differs
       */
      code: string;
      /** @description For people; never case content. */
      detail: string;
      /**
       * Format: date-time
       * @description When it was found last.
       * @example 2026-11-23T12:00:00.000Z
       */
      lastAt: string;
      /**
       * @description The leaf it was about the last time.
       * @example 42
       */
      leaf?: string;
      /**
       * @description Its number.
       * @example 42
       */
      number: string;
      /**
       * @description What has become of it.
       * @example OPEN
       */
      state: components['schemas']['FindingState'];
      /**
       * @description How often it was found.
       * @example 1
       */
      times: number;
    };
    OversightFindingsResponse: {
      /**
       * @description How many findings there are.
       * @example 0
       */
      found: number;
      /**
       * @description The number to go on from; absent at the end.
       * @example 42
       */
      next?: string;
      /**
       * @description How many leaves have been recomputed.
       * @example 42
       */
      replayed: string;
      /** @description In the order asked for. */
      rows: components['schemas']['OversightFindingResponse'][];
      /**
       * @description How many of them are not closed.
       * @example 0
       */
      unsettled: number;
    };
    ProblemKindResponse: {
      /** @description What it means and what to do about it. */
      about: string;
      /**
       * @description Its code.
       * @example not-found
       */
      code: string;
      /**
       * @description The HTTP status it is answered with.
       * @example 404
       */
      status: number;
      /** @description Its title, the same at every occurrence. */
      title: string;
      /**
       * @description The problem type: this page.
       * @example /problems/not-found
       */
      type: string;
    };
    ProblemResponse: {
      /**
       * @description The code, for programs.
       * @example invalid-request
       */
      code: string;
      /**
       * @description What happened this time.
       * @example the body is not valid
       */
      detail: string;
      /** @description What is wrong with the request, member by member. */
      errors?: components['schemas']['FaultResponse'][];
      /**
       * @description This occurrence, by the id of its request.
       * @example urn:uuid:5f0c7a52-6f0e-4a53-9d7e-4a1f7f0d6a11
       */
      instance: string;
      /**
       * @description The HTTP status.
       * @example 400
       */
      status: number;
      /**
       * @description The title of the type.
       * @example The request is not valid
       */
      title: string;
      /**
       * @description The problem type; its page explains it.
       * @example /problems/invalid-request
       */
      type: string;
    };
    ProvenLeafResponse: {
      /** @description The checkpoint. */
      checkpoint: components['schemas']['CheckpointResponse'];
      /** @description The leaf. */
      leaf: components['schemas']['LeafResponse'];
      /** @description Its proof. */
      proof: components['schemas']['InclusionResponse'];
    };
    /**
     * @description What it says that it has emptied.
     * @enum {string}
     */
    PurgedStore: 'CONTENT' | 'KEYS' | 'SEARCH' | 'DELIVERIES' | 'OUTBOX';
    ReadRootResponse: {
      /**
       * Format: date-time
       * @description Its time.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description The leaf.
       * @example 42
       */
      leaf: string;
      /**
       * @description The root over them.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      root: string;
      /**
       * @description How many reads it covers.
       * @example 42
       */
      size: string;
    };
    ReadRootsResponse: {
      /**
       * @description How many there are.
       * @example 42
       */
      found: string;
      /** @description The newest first. */
      rows: components['schemas']['ReadRootResponse'][];
    };
    ReplayedDecisionResponse: {
      /** @description Whether every verdict came out byte for byte as it was recorded. */
      agrees: boolean;
      /**
       * @description The verdicts as they come out again.
       * @example []
       */
      decided: {
        [key: string]: unknown;
      }[];
      /** @description The first thing that differs, if anything does. */
      fault?: string;
      /**
       * @description The leaf.
       * @example 42
       */
      index: string;
      /** @description The rules that were in force; absent before the first. */
      rules?: components['schemas']['RulesOfTheDayResponse'];
      /** @description Each decision, with what went into it and both records. */
      verdicts: components['schemas']['ReplayedVerdictResponse'][];
    };
    ReplayedVerdictResponse: {
      /** @description The record as it comes out again; absent where none does. */
      again?: string;
      /**
       * @description The primary key as which the recipient was addressed.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      certificate: string;
      /**
       * @description The digest of the descriptor.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      descriptor: string;
      /** @description `entities.json` for Cedar’s own command line. */
      entities: string;
      /** @description Whether both are the same to the byte. */
      equal: boolean;
      /** @description What was asked, by name. */
      inputs: components['schemas']['DecisionInputResponse'][];
      /**
       * @description The recipient; absent where nobody would have asked.
       * @example gr-police
       */
      recipient?: string;
      /** @description The record, to the byte; absent where there is none. */
      recorded?: string;
      /** @description `request.json` for Cedar’s own command line. */
      request: string;
    };
    /**
     * @description What was decided; a release is a grant that was not carried out.
     * @enum {string}
     */
    Resting: 'grant' | 'release' | 'order' | 'recall' | 'erasure';
    RestingResponse: {
      /** @description The leaf was attested since by other keys. */
      attested: boolean;
      /**
       * @description To whom, or from whom; absent where all have to forget.
       * @example gr-police
       */
      concerns?: string;
      /**
       * Format: uuid
       * @description The exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: uuid
       * @description The item; absent where it names none.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /**
       * @description The leaf at which it was decided.
       * @example 42
       */
      leaf: string;
      /** @description It has ended, or everybody has done what it asks for. */
      over: boolean;
      /**
       * @description What was decided; a release is a grant that was not carried out.
       * @example grant
       */
      what: components['schemas']['Resting'];
    };
    /**
     * @description What oversight thinks of the emergency.
     * @enum {string}
     */
    ReviewOutcome: 'JUSTIFIED' | 'EXCESSIVE' | 'UNJUSTIFIED';
    RulesOfTheDayResponse: {
      /**
       * @description The digest of their bundle.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      bundle: string;
      /** @description `policies.cedar`. */
      policies: string;
      /** @description `schema.cedarschema`. */
      schema: string;
    };
    SeenResponse: {
      /**
       * @description The agency.
       * @example gr-police
       */
      agency: string;
      /** @description Whether it was given the compartment. */
      allowed: boolean;
      /** @description Their sentences. */
      because: string;
      /**
       * @description The rules that decided.
       * @example []
       */
      rules: string[];
    };
    SessionResponse: {
      /**
       * @description The officer’s agency.
       * @example gr-police
       */
      agency: string;
      /**
       * Format: date-time
       * @description When the session ends by itself.
       * @example 2026-11-23T12:00:00.000Z
       */
      expiresAt: string;
      /** @description The officer’s name. */
      name: string;
      /**
       * @description The officer.
       * @example eleni.papadaki
       */
      officer: string;
      /**
       * @description What the officer may do.
       * @example [
       *       "LIAISON_OFFICER"
       *     ]
       */
      roles: components['schemas']['OfficerRole'][];
      /**
       * @description The bearer token: keep it secret.
       * @example b3BhcXVl
       */
      token: string;
    };
    ShownRead: {
      /**
       * @description Its number.
       * @example 42
       */
      number: string;
      /**
       * @description The audit path (RFC 6962 §2.1.1), from the leaf upwards: hashes one behind the other.
       * @example
       */
      path: string;
      /**
       * @description The text whose SHA-256 is the leaf: a JSON array, as `libs/replay/README.md` says.
       * @example ["tripoint/read/v2","0"]
       */
      text: string;
    };
    ShownReads: {
      /**
       * @description Whose record it is.
       * @example gr-police
       */
      agency: string;
      /**
       * @description The number to go on from; absent at the end.
       * @example 42
       */
      next?: string;
      /** @description In order. */
      rows: components['schemas']['ShownRead'][];
      /**
       * @description The size of the tree under whose root they stand.
       * @example 42
       */
      size: string;
    };
    StandingResponse: {
      /**
       * @description The agency.
       * @example gr-police
       */
      agency: string;
      /** @description The sentence of what decides. */
      because: string;
      /** @description Whether it may hold it. */
      couldSee: boolean;
      /**
       * @description How that came about.
       * @example given
       */
      how: string;
      /** @description Whether it is suspended or has left: it keeps what it holds, and is given no more. */
      suspended: boolean;
    };
    StandingsResponse: {
      /**
       * @description The digest of the descriptor.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      descriptor: string;
      /**
       * @description The leaf.
       * @example 42
       */
      index: string;
      /** @description By agency. */
      rows: components['schemas']['StandingResponse'][];
    };
    TrustResponse: {
      /** @description The newest checkpoint that a quorum of them has cosigned. */
      cosigned?: components['schemas']['CheckpointResponse'];
      /**
       * @description The verifier key of the log (C2SP signed-note).
       * @example demo/log+c0ffee00+AQ…
       */
      log: string;
      /**
       * @description The verifier keys of the witnesses that the trust policy names.
       * @example [
       *       "witness.example+c0ffee00+BA…"
       *     ]
       */
      witnesses: string[];
    };
    VerificationResponse: {
      /** @description The newest checkpoint under which everything was recomputed. */
      checkpoint?: components['schemas']['CheckpointResponse'];
      /** @description Whether the hub answers. */
      hubAnswers: boolean;
      /**
       * Format: date-time
       * @description The time of the newest leaf.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestLeafAt?: string;
      /** @description Whether nothing wrong has been found. */
      sound: boolean;
      /**
       * @description How many leaves have been recomputed.
       * @example 42
       */
      verified: string;
      /**
       * @description How many leaves are under a checkpoint that a quorum of witnesses has cosigned.
       * @example 42
       */
      witnessed?: string;
      /**
       * Format: date-time
       * @description When that quorum was complete.
       * @example 2026-11-23T12:00:00.000Z
       */
      witnessedAt?: string;
    };
    WholeLeafResponse: {
      /** @description The leaf and its records. */
      leaf: components['schemas']['LeafResponse'];
      /** @description What the leaf stands for: its place on its chain, the signed header, every compartment’s labels and facts. */
      source?: {
        [key: string]: unknown;
      };
    };
  };
  responses: {
    /** @description The body is too large. */
    BodyTooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The present state says no. */
    Conflict: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The officer who is signed in may not do this. */
    Forbidden: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description Something broke on this side. */
    InternalError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The request is malformed or not valid. */
    MalformedOrInvalid: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The body is not JSON. */
    MediaTypeUnsupported: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description Nothing is here, or nothing that the caller may see. */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The request carries no token of a live session. */
    NotSignedIn: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The officer holds too many live streams open. */
    TooManyStreams: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description Something that the node depends on is away; try again later. */
    Unavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The resource has changed since it was read. */
    VersionMoved: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
    /** @description The edit names no version. */
    VersionRequired: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ProblemResponse'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  standing_agencies: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MembersStandingResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  reads_roots: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The agency. */
        agency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadRootsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  reads_check: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The agency. */
        agency: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ShownReads'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckedReadsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  decisions_attempts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttemptsResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  decisions_replay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The index of the leaf. */
        index: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayedDecisionResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  decisions_nextBundle: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NextBundleBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NextBundleResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  decisions_standings: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The digest of the descriptor. */
        descriptor: string;
        /** @description The index of the leaf. */
        index: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StandingsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrderedDisclosuresResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  doubts_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DoubtsResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  erasures_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OverseenErasuresResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  erasures_one: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OverseenErasureResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  decisions_asOf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The exchange. */
        exchange: string;
        /** @description The index of the leaf. */
        index: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AsOfResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  findings_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before. */
        after?: string;
        /** @description What comes first; the newest unless told. */
        first?: components['schemas']['FindingsOrder'];
        /** @description At most so many; 100 unless told. */
        limit?: number;
        /** @description Those in this state; UNSETTLED is every one that is not CLOSED. */
        state?: components['schemas']['FindingsAsked'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OversightFindingsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  findings_history: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The number of the finding. */
        finding: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FindingHistoryResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  findings_step: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The number of the finding. */
        finding: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FindingStepBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OversightFindingResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  health_live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthResponse'];
        };
      };
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  health_ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthResponse'];
        };
      };
      500: components['responses']['InternalError'];
      /** @description Some check fails */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthResponse'];
        };
      };
    };
  };
  log_list: {
    parameters: {
      query?: {
        /** @description The first index; 0 unless told. */
        from?: string;
        /** @description At most so many leaves; 100 unless told. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogRowsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  log_leaf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The index of the leaf. */
        index: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WholeLeafResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  log_inclusion: {
    parameters: {
      query?: {
        /** @description The size of the tree that has to include the leaf; the newest unless told. */
        size?: string;
      };
      header?: never;
      path: {
        /** @description The index of the leaf. */
        index: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProvenLeafResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  log_consistency: {
    parameters: {
      query: {
        /** @description The older size. */
        from: string;
        /** @description The newer size; the newest unless told. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsistencyResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  verification_mailboxes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailboxesResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  problems_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProblemKindResponse'][];
        };
      };
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  problems_one: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProblemKindResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  sessions_open: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OpenSessionBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  sessions_openConsole: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OpenSessionBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentOfficerResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  sessions_changeConsolePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentOfficerResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  sessions_current: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentOfficerResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  sessions_close: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  sessions_changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  standing_trust: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TrustResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  verification_state: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VerificationResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
}
