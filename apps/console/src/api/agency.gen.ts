// Generated from the OpenAPI document of `agency`; agency.e2e.spec.ts says how, and that it is current.
export interface paths {
  '/agencies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The members of the federation, as the registry has them
     * @description Any officer who is signed in may call it.
     */
    get: operations['traffic_agencies'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audience/contributions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who would read a contribution
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    post: operations['audience_ofContribution'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audience/referrals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who would read a referral
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    post: operations['audience_ofReferral'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audience/referrals/{item}/feedback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who would read how a referral goes
     * @description For officers who have one of these roles: NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['audience_ofFeedback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audience/referrals/{item}/not-possible': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who would read why a referral is not possible
     * @description For officers who have one of these roles: NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['audience_ofImpossibility'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audience/referrals/{item}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who would read why a referral is declined
     * @description For officers who have one of these roles: NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['audience_ofRejection'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audience/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who would read a request
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['audience_ofRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audience/requests/{item}/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who would read an answer
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['audience_ofAnswer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The contributions that this agency gave or was given
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['contributions_list'];
    put?: never;
    /**
     * Give information to one agency
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    post: operations['contributions_share'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How one contribution stands, without what it says
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['contributions_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{item}/acknowledge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say that an officer has taken note of it; that it arrived, the node says by itself
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['contributions_acknowledge'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{item}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a contribution and everything about it says; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['contributions_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{item}/evaluate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Grade it
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['contributions_evaluate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/contributions/{item}/revise': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Grade it anew
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['contributions_revise'];
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
     * What this agency ordered, was ordered to disclose, or was disclosed
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['disclosures_list'];
    put?: never;
    /**
     * Order custodians to disclose one event to this agency, in an emergency
     * @description For officers who have one of these roles: PROSECUTOR, JIT_LEADER, CENTRE_COORDINATOR.
     */
    post: operations['disclosures_order'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/disclosures/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How one disclosure stands, as far as this agency knows
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['disclosures_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/disclosures/{item}/decline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Do not hand over this agency’s share
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['disclosures_decline'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/disclosures/{item}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let this agency’s share go to whom the order names; it follows by itself
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['disclosures_release'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/disclosures/{item}/review': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say, for oversight, what it thinks of an emergency
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    post: operations['disclosures_review'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/disclosures/drills': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say noise to nobody, on which custodians can be tried
     * @description For officers who have one of these roles: PROSECUTOR, JIT_LEADER, CENTRE_COORDINATOR.
     */
    post: operations['disclosures_drill'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/disclosures/told': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was ordered to be disclosed of what this agency said; at oversight, emergencies that it is to review
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY, OVERSIGHT_AUDITOR.
     */
    get: operations['disclosures_told'];
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
     * What this agency had forgotten, or was told to forget
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['erasures_list'];
    put?: never;
    /**
     * Have forgotten, by everybody who holds it, what this agency said
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['erasures_order'];
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
     * How one erasure stands: who has said that it is gone, and who was late
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
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
  '/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What changes, as it changes: ids and versions, no content
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY, NODE_SECURITY_OFFICER.
     */
    get: operations['events_follow'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/events/{event}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What one event says; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['events_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/events/{event}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What shows somebody else to whom an event of ours was delivered; no content
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY, NODE_SECURITY_OFFICER.
     */
    get: operations['events_deliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/events/{event}/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What shows that an event is in the log, to be recomputed by whoever asks; no content
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['events_proof'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/evidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take an item to a court: a bundle that verifies without a network; recorded for good
     * @description For officers who have one of these roles: PROSECUTOR, JIT_LEADER, INVESTIGATOR.
     */
    post: operations['evidence_build'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exchanges': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The exchanges that this agency takes part in
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['exchanges_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exchanges/{exchange}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One exchange, without what is said in it
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['exchanges_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exchanges/{exchange}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was said in an exchange; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['exchanges_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exchanges/{exchange}/entities': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who and what was named in an exchange; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['exchanges_entities'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/exchanges/{exchange}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happened in an exchange, without what was said
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['exchanges_timeline'];
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
     * What could not be opened or did not fit
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY, NODE_SECURITY_OFFICER.
     */
    get: operations['traffic_findings'];
    put?: never;
    post?: never;
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
  '/holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What this agency must not delete yet, and what it need not keep any more
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['holds_list'];
    put?: never;
    /**
     * Keep from deletion what proceedings may need, for a time
     * @description For officers who have one of these roles: PROSECUTOR, JIT_LEADER.
     */
    post: operations['holds_place'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/holds/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How one legal hold stands
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['holds_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/holds/{item}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * On what ground it is held, and under which reference; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['holds_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/holds/{item}/kept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the hold has kept although it was to go: nobody else is shown it; the read is recorded
     * @description For officers who have one of these roles: PROSECUTOR, JIT_LEADER.
     */
    get: operations['holds_kept'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/holds/{item}/lift': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Keep it no longer; what was to go meanwhile goes
     * @description For officers who have one of these roles: PROSECUTOR, JIT_LEADER.
     */
    post: operations['holds_lift'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * This agency’s certificates and subkeys, and what became of them
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY, NODE_SECURITY_OFFICER.
     */
    get: operations['keys_keys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/officers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every account
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER.
     */
    get: operations['officers_list'];
    put?: never;
    /**
     * Add an account
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER.
     */
    post: operations['officers_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/officers/{officer}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Close an account; ends the officer’s sessions. What the officer did stays on record
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER.
     */
    delete: operations['officers_close'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/officers/{officer}/roles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Give other roles; ends the officer’s sessions
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER.
     */
    put: operations['officers_changeRoles'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/officers/{officer}/unlock': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let an officer try again before the lock-out ends
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER.
     */
    post: operations['officers_unlock'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/disclosures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Oversight: order custodians to disclose one event to an agency
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    post: operations['orders_disclosure'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/orders/erasures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Oversight: have forgotten, by everybody who holds it, what others said
     * @description For officers who have one of these roles: OVERSIGHT_AUDITOR.
     */
    post: operations['orders_erasure'];
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
  '/proposals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was proposed, by whom, and who decided on it
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN, OVERSIGHT_AUDITOR, NODE_SECURITY_OFFICER.
     */
    get: operations['proposals_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/proposals/{proposal}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Confirm what another officer proposed: it is sealed
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN, OVERSIGHT_AUDITOR.
     */
    post: operations['proposals_confirm'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/proposals/{proposal}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reject what was proposed, or take one’s own back: nothing is sealed
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN, OVERSIGHT_AUDITOR.
     */
    post: operations['proposals_reject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who read what, and what for; never what it said
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER.
     */
    get: operations['reads_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reads/root': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The Merkle root over every read, for whoever checks that none was lost
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER.
     */
    get: operations['reads_root'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reads/shown': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Rows with the proof that they stand under a root that was published; for oversight
     * @description For officers who have one of these roles: NODE_SECURITY_OFFICER, OVERSIGHT_AUDITOR.
     */
    get: operations['reads_shown'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/recalls': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What this agency took back, or was told to forget
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['recalls_list'];
    put?: never;
    /**
     * Take back from one holder what this agency said, and say it rightly
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['recalls_issue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/recalls/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How one recall stands, and whether its holder has defaulted
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['recalls_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/recalls/{item}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What is said instead; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['recalls_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The referrals that this agency issued or was sent
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['referrals_list'];
    put?: never;
    /**
     * Refer a person to a service
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    post: operations['referrals_issue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How one referral stands, without what it says
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['referrals_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take the person on
     * @description For officers who have one of these roles: NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['referrals_accept'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say that it is done
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    post: operations['referrals_complete'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a referral and everything about it says; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['referrals_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}/feedback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say how it goes
     * @description For officers who have one of these roles: NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['referrals_feedback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}/not-possible': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say that it is not possible, for reasons that stay among services
     * @description For officers who have one of these roles: NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['referrals_notPossible'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Decline, for reasons that stay among services
     * @description For officers who have one of these roles: NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['referrals_reject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/referrals/{item}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take the referral back
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    post: operations['referrals_revoke'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What this agency was asked to let go, asked for or was granted
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['releases_list'];
    put?: never;
    /**
     * Ask whoever said something to let it go to one more agency
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL.
     */
    post: operations['releases_request'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How one release stands, without its words
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['releases_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{item}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was asked and answered about a release; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['releases_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{item}/deny': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Do not let it go
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['releases_deny'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{item}/grant': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let it go to the agency named, for a time; the keys follow by themselves
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['releases_grant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/{item}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take it back before its time is over; the copy is purged
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['releases_revoke'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/releases/offer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hand what this agency said to one more, for a time, although nobody asked
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, INVESTIGATOR, PROSECUTOR, JIT_LEADER, NGO_SUPERVISOR, SACP_OFFICER, GUARDIAN.
     */
    post: operations['releases_offer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The requests that this agency issued or was sent
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['requests_list'];
    put?: never;
    /**
     * Ask one agency for information
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_issue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How one request stands, without what it says
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY.
     */
    get: operations['requests_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take the request on
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_accept'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Answer, in full, in part, or that nothing is held
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_answer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/ask-clarification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask what is meant; the clock stands still meanwhile
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_askClarification'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/clarify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say what is meant
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_clarify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/close': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Close the request
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_close'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a request and everything about it says; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER.
     */
    get: operations['requests_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/notify-delay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say that the answer will be late, and why
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_notifyDelay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/refuse': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Refuse the request or a part of it, on a coded ground
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_refuse'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/requests/{item}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Withdraw the request
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST.
     */
    post: operations['requests_withdraw'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Find names and numbers across scripts and spellings; the read is recorded
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, DATA_PROTECTION_OFFICER.
     */
    post: operations['events_search'];
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
  '/submissions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far this agency’s envelopes have come
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY, NODE_SECURITY_OFFICER.
     */
    get: operations['traffic_submissions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/submissions/{event}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far one envelope has come: sealed, sent, recorded, delivered, opened
     * @description For officers who have one of these roles: LIAISON_OFFICER, CENTRE_COORDINATOR, SPOC_OPERATOR, ANALYST, INVESTIGATOR, PROSECUTOR, JIT_LEADER, FIU_ANALYST, NGO_CASEWORKER, NGO_SUPERVISOR, HOTLINE_116000, SACP_OFFICER, SAD_SOCIAL_WORKER, GUARDIAN, RHI_COORDINATOR, CONSULAR_OFFICER, SAR_CASEWORKER, IOM_CASEWORKER, UNHCR_PROTECTION, LEGAL_AID_COUNSEL, FIRST_LINE_IDENTIFIER, NRM_COORDINATOR, LOCAL_COMMISSION_SECRETARY, NODE_SECURITY_OFFICER.
     */
    get: operations['traffic_submission'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/transcripts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Who was told where somebody is named, and who read it here and why; never what it says. Making it is recorded as a read
     * @description For officers who have one of these roles: DATA_PROTECTION_OFFICER.
     */
    post: operations['transcripts_of'];
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
    /**
     * @description Whether the agency can reach the data itself.
     * @enum {string}
     */
    Access: 'DIRECT' | 'INDIRECT';
    AgenciesResponse: {
      /** @description What is agreed on custody; absent where nobody keeps shares. */
      custody?: components['schemas']['CustodyResponse'];
      /** @description Ordered by id. */
      rows: components['schemas']['AgencyResponse'][];
    };
    AgencyResponse: {
      /** @description Whether it takes part at present. */
      active: boolean;
      /**
       * @description The agency.
       * @example gr-police
       */
      agency: string;
      /**
       * @description What kind of body it is.
       * @example POLICE
       */
      kind: string;
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
       * @description Its state (ISO 3166-1 alpha-2).
       * @example GR
       */
      state: string;
    };
    /**
     * @description What the answer amounts to.
     * @enum {string}
     */
    AnswerOutcome: 'FULL' | 'PARTIAL' | 'NOTHING_HELD';
    AnswerRequestBody: {
      /**
       * @description The events whose content is passed on in it; their markings bind.
       * @example [
       *       "8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21"
       *     ]
       */
      derivedFrom?: string[];
      /** @description What was found; needed, unless nothing is held: then there is none. */
      facts?: components['schemas']['StatementBody'];
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /**
       * @description What the answer amounts to.
       * @example FULL
       */
      outcome: components['schemas']['AnswerOutcome'];
      /** @description Stays with the answering agency. */
      source?: components['schemas']['SourceBody'];
    };
    AskClarificationBody: {
      /** @description What is unclear. */
      facts: components['schemas']['RemarkBody'];
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
    };
    AudiencePartResponse: {
      /**
       * @description The rules that decide it.
       * @example [
       *       "participants-only"
       *     ]
       */
      because: string[];
      /**
       * @description The compartment.
       * @example core
       */
      compartment: components['schemas']['Compartment'];
      /**
       * @description Who would be able to open it.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      readers: string[];
      /** @description Agency by agency, those included who would not. */
      verdicts: components['schemas']['AudienceVerdictResponse'][];
    };
    AudiencePreviewResponse: {
      /** @description Compartment by compartment. */
      parts: components['schemas']['AudiencePartResponse'][];
    };
    AudienceVerdictResponse: {
      /**
       * @description The agency that it is meant for.
       * @example gr-police
       */
      agency: string;
      /** @description Whether it would be able to open it. */
      allowed: boolean;
      /** @description Their reasons, for people. */
      because: string;
      /**
       * @description The rules that decide it.
       * @example [
       *       "handling-h2-needs-release"
       *     ]
       */
      rules: string[];
    };
    BuildEvidenceBody: {
      /**
       * @description Which parts of them. Of the others the bundle says nothing.
       * @example [
       *       "core",
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Compartment'][];
      /**
       * Format: uuid
       * @description The item whose events go into the bundle.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /** @description Whether the session keys go along, so that whoever has the bundle can read these parts for good. */
      keys: boolean;
    };
    CertificateResponse: {
      /**
       * @description From which leaf on it may have been in other hands.
       * @example 42
       */
      doubtedFrom?: string;
      /**
       * Format: date-time
       * @description When its term ends; absent where it has none.
       * @example 2026-11-23T12:00:00.000Z
       */
      expires?: string;
      /** @description The fingerprint of its primary key. */
      fingerprint: string;
      /**
       * @description The leaf that registered it.
       * @example 42
       */
      from: string;
      /** @description Whether this node signs with it at present. */
      inUse: boolean;
      /**
       * @description How it stands, by the log’s time.
       * @example ACTIVE
       */
      standing: components['schemas']['CertificateStanding'];
      /**
       * @description The leaf from which on nothing more is taken under it.
       * @example 42
       */
      until?: string;
    };
    /**
     * @description How it stands, by the log’s time.
     * @enum {string}
     */
    CertificateStanding: 'ACTIVE' | 'SUPERSEDED' | 'REVOKED' | 'EXPIRED';
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
    ChangeRolesBody: {
      /**
       * @description What the officer may do from now on.
       * @example [
       *       "LIAISON_OFFICER"
       *     ]
       */
      roles: components['schemas']['OfficerRole'][];
    };
    ClarifyBody: {
      /** @description The clarification. */
      facts: components['schemas']['RemarkBody'];
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
    };
    /**
     * @description How it is classified. The network carries nothing above R-UE/EU-R.
     * @enum {string}
     */
    Classification:
      'UNCLASSIFIED' | 'BPL' | 'R-UE/EU-R' | 'C-UE/EU-C' | 'S-UE/EU-S' | 'TS-UE/EU-TS';
    /**
     * @description The compartment.
     * @enum {string}
     */
    Compartment:
      | 'core'
      | 'facts'
      | 'intelligence'
      | 'source'
      | 'evidence'
      | 'financial'
      | 'identity'
      | 'needs'
      | 'risk'
      | 'welfare'
      | 'health'
      | 'shelter'
      | 'consular'
      | 'legal'
      | 'statistics';
    ConsentBody: {
      /** @description A note on the capacity to consent. */
      capacityNote?: string;
      /**
       * @description Which parts they may be told.
       * @example [
       *       "identity",
       *       "needs"
       *     ]
       */
      compartments: components['schemas']['Compartment'][];
      /**
       * @description Where the evidence of it is kept.
       * @example file 2026/114
       */
      evidenceRef: string;
      /**
       * Format: date-time
       * @description From when it holds.
       * @example 2026-11-23T12:00:00.000Z
       */
      from: string;
      /**
       * @description Who gave it.
       * @example SELF
       */
      givenBy: components['schemas']['ConsentGiver'];
      /** @description Who interpreted. */
      interpreter?: string;
      /**
       * @description The language in which it was explained.
       * @example bg
       */
      language: components['schemas']['Language'];
      /**
       * @description What for.
       * @example [
       *       "SERVICE_REFERRAL"
       *     ]
       */
      purposes: components['schemas']['ConsentPurpose'][];
      /**
       * @description Who may be told.
       * @example [
       *       "animus"
       *     ]
       */
      recipients: string[];
      /**
       * @description A token for the person, which must not be a name.
       * @example P-7F3A
       */
      subjectPseudonym: string;
      /**
       * Format: date-time
       * @description Until when it holds.
       * @example 2027-05-23T12:00:00.000Z
       */
      until: string;
    };
    /**
     * @description Who gave it.
     * @enum {string}
     */
    ConsentGiver: 'SELF' | 'GUARDIAN';
    /**
     * @description What for.
     * @enum {string}
     */
    ConsentPurpose:
      | 'SERVICE_REFERRAL'
      | 'HEALTH'
      | 'LEGAL_AID'
      | 'RETURN'
      | 'TRACING_FAMILY'
      | 'STATISTICS'
      | 'CRIMINAL_PROCEEDINGS';
    ContributionResponse: {
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      from: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.
       * @example 0
       */
      onItsWay: number;
      /** @description Whether somebody still has to act. */
      open: boolean;
      /**
       * @description How it stands.
       * @example ISSUED
       */
      status: string;
      /**
       * @description Whom it addresses.
       * @example bg-border-police
       */
      to: string;
      /**
       * @description Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.
       * @example 2
       */
      version: string;
    };
    ContributionsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['ContributionResponse'][];
    };
    /** @enum {string} */
    ContributionStatus: 'SHARED' | 'RECEIVED' | 'ACKNOWLEDGED' | 'EVALUATED' | 'RE_EVALUATED';
    CosignedTieResponse: {
      /**
       * @description The cosigned note (C2SP tlog-checkpoint).
       * @example log…
       */
      note: string;
      /**
       * @description Consistency proof from the earlier size (RFC 6962).
       * @example [
       *       "0000000000000000000000000000000000000000000000000000000000000000"
       *     ]
       */
      path: string[];
      /**
       * @description Its size.
       * @example 42
       */
      size: string;
    };
    /**
     * @description Nationalities (ISO 3166-1 alpha-2).
     * @enum {string}
     */
    Country:
      | 'AD'
      | 'AE'
      | 'AF'
      | 'AG'
      | 'AI'
      | 'AL'
      | 'AM'
      | 'AO'
      | 'AQ'
      | 'AR'
      | 'AS'
      | 'AT'
      | 'AU'
      | 'AW'
      | 'AX'
      | 'AZ'
      | 'BA'
      | 'BB'
      | 'BD'
      | 'BE'
      | 'BF'
      | 'BG'
      | 'BH'
      | 'BI'
      | 'BJ'
      | 'BL'
      | 'BM'
      | 'BN'
      | 'BO'
      | 'BQ'
      | 'BR'
      | 'BS'
      | 'BT'
      | 'BV'
      | 'BW'
      | 'BY'
      | 'BZ'
      | 'CA'
      | 'CC'
      | 'CD'
      | 'CF'
      | 'CG'
      | 'CH'
      | 'CI'
      | 'CK'
      | 'CL'
      | 'CM'
      | 'CN'
      | 'CO'
      | 'CR'
      | 'CU'
      | 'CV'
      | 'CW'
      | 'CX'
      | 'CY'
      | 'CZ'
      | 'DE'
      | 'DJ'
      | 'DK'
      | 'DM'
      | 'DO'
      | 'DZ'
      | 'EC'
      | 'EE'
      | 'EG'
      | 'EH'
      | 'ER'
      | 'ES'
      | 'ET'
      | 'FI'
      | 'FJ'
      | 'FK'
      | 'FM'
      | 'FO'
      | 'FR'
      | 'GA'
      | 'GB'
      | 'GD'
      | 'GE'
      | 'GF'
      | 'GG'
      | 'GH'
      | 'GI'
      | 'GL'
      | 'GM'
      | 'GN'
      | 'GP'
      | 'GQ'
      | 'GR'
      | 'GS'
      | 'GT'
      | 'GU'
      | 'GW'
      | 'GY'
      | 'HK'
      | 'HM'
      | 'HN'
      | 'HR'
      | 'HT'
      | 'HU'
      | 'ID'
      | 'IE'
      | 'IL'
      | 'IM'
      | 'IN'
      | 'IO'
      | 'IQ'
      | 'IR'
      | 'IS'
      | 'IT'
      | 'JE'
      | 'JM'
      | 'JO'
      | 'JP'
      | 'KE'
      | 'KG'
      | 'KH'
      | 'KI'
      | 'KM'
      | 'KN'
      | 'KP'
      | 'KR'
      | 'KW'
      | 'KY'
      | 'KZ'
      | 'LA'
      | 'LB'
      | 'LC'
      | 'LI'
      | 'LK'
      | 'LR'
      | 'LS'
      | 'LT'
      | 'LU'
      | 'LV'
      | 'LY'
      | 'MA'
      | 'MC'
      | 'MD'
      | 'ME'
      | 'MF'
      | 'MG'
      | 'MH'
      | 'MK'
      | 'ML'
      | 'MM'
      | 'MN'
      | 'MO'
      | 'MP'
      | 'MQ'
      | 'MR'
      | 'MS'
      | 'MT'
      | 'MU'
      | 'MV'
      | 'MW'
      | 'MX'
      | 'MY'
      | 'MZ'
      | 'NA'
      | 'NC'
      | 'NE'
      | 'NF'
      | 'NG'
      | 'NI'
      | 'NL'
      | 'NO'
      | 'NP'
      | 'NR'
      | 'NU'
      | 'NZ'
      | 'OM'
      | 'PA'
      | 'PE'
      | 'PF'
      | 'PG'
      | 'PH'
      | 'PK'
      | 'PL'
      | 'PM'
      | 'PN'
      | 'PR'
      | 'PS'
      | 'PT'
      | 'PW'
      | 'PY'
      | 'QA'
      | 'RE'
      | 'RO'
      | 'RS'
      | 'RU'
      | 'RW'
      | 'SA'
      | 'SB'
      | 'SC'
      | 'SD'
      | 'SE'
      | 'SG'
      | 'SH'
      | 'SI'
      | 'SJ'
      | 'SK'
      | 'SL'
      | 'SM'
      | 'SN'
      | 'SO'
      | 'SR'
      | 'SS'
      | 'ST'
      | 'SV'
      | 'SX'
      | 'SY'
      | 'SZ'
      | 'TC'
      | 'TD'
      | 'TF'
      | 'TG'
      | 'TH'
      | 'TJ'
      | 'TK'
      | 'TL'
      | 'TM'
      | 'TN'
      | 'TO'
      | 'TR'
      | 'TT'
      | 'TV'
      | 'TW'
      | 'TZ'
      | 'UA'
      | 'UG'
      | 'UM'
      | 'US'
      | 'UY'
      | 'UZ'
      | 'VA'
      | 'VC'
      | 'VE'
      | 'VG'
      | 'VI'
      | 'VN'
      | 'VU'
      | 'WF'
      | 'WS'
      | 'XK'
      | 'XX'
      | 'YE'
      | 'YT'
      | 'ZA'
      | 'ZM'
      | 'ZW';
    CreateOfficerBody: {
      /**
       * @description The officer’s name.
       * @example Eleni Papadaki
       */
      name: string;
      /**
       * @description The name to sign in with.
       * @example eleni.papadaki
       */
      officer: string;
      /**
       * Format: password
       * @description A first password.
       */
      password: string;
      /**
       * @description What the officer may do.
       * @example [
       *       "LIAISON_OFFICER"
       *     ]
       */
      roles: components['schemas']['OfficerRole'][];
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
    CustodyResponse: {
      /**
       * @description Of which parts of an event.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * @description Who keeps a share each.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      custodians: string[];
      /** @description How many shares open something. */
      threshold: number;
    };
    /**
     * @description What the person is to this case.
     * @enum {string}
     */
    DataSubjectCategory:
      | 'SUSPECT'
      | 'CONVICTED'
      | 'POTENTIAL_FUTURE_OFFENDER'
      | 'CONTACT'
      | 'ASSOCIATE'
      | 'VICTIM'
      | 'WITNESS'
      | 'INFORMANT';
    DeclineReferralBody: {
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /** @description Why. */
      needs: components['schemas']['RejectionBody'];
    };
    DeliveryProofResponse: {
      /** @description What agencies have signed: that all came that they were owed. */
      proofs: components['schemas']['HandedLineResponse'][];
      /** @description What was said: header, verdicts, no content. */
      said: components['schemas']['HandedLineResponse'];
      /** @description The registry’s statements, in log order. */
      statements: components['schemas']['HandedLineResponse'][];
    };
    DeliveryResponse: {
      /**
       * @description Whom the rules let have something of it. Only its author is told.
       * @example gr-police
       */
      agency: string;
      /**
       * @description SHA-256 of what it has signed.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      countersignature?: string;
      /**
       * @description The leaf by which the agency signed that it was handed it.
       * @example 42
       */
      leaf?: string;
      /**
       * Format: date-time
       * @description That leaf’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      provenAt?: string;
    };
    DenyReleaseBody: {
      /** @description Why, in words. */
      facts?: components['schemas']['RemarkBody'];
      /** @description How this answer may travel. */
      marking: components['schemas']['MarkingBody'];
    };
    /**
     * @description On what ground.
     * @enum {string}
     */
    DisclosureGround: 'COURT_ORDER' | 'SUPERVISORY_INQUIRY' | 'DANGER_TO_LIFE' | 'DRILL';
    DisclosureResponse: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * @description Custodians of whom this agency knows that they will not.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      declined: string[];
      /** @description Whether an emergency was invoked. */
      emergency: boolean;
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /** @description Whether its time is over. */
      expired: boolean;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      from: string;
      /**
       * @description On what ground.
       * @example COURT_ORDER
       */
      ground: components['schemas']['DisclosureGround'];
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.
       * @example 0
       */
      onItsWay: number;
      /** @description Whether somebody still has to act. */
      open: boolean;
      /**
       * Format: date-time
       * @description When the reader’s node said that its copy is gone.
       * @example 2026-11-23T12:00:00.000Z
       */
      purgedAt?: string;
      /**
       * @description Custodians of whom this agency knows that they handed over their share.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      released: string[];
      /** @description What oversight thinks of it, where that was told. */
      review?: components['schemas']['DisclosureReviewResponse'];
      /**
       * Format: uuid
       * @description The exchange in which it was said, once any of it is held here.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      saidIn?: string;
      /**
       * @description How it stands.
       * @example ISSUED
       */
      status: string;
      /**
       * @description Whom it addresses.
       * @example bg-border-police
       */
      to: string;
      /**
       * Format: date-time
       * @description When it ends by itself, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
      /**
       * @description Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.
       * @example 2
       */
      version: string;
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
    DisclosuresResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['DisclosureResponse'][];
    };
    /** @enum {string} */
    DisclosureStatus: 'ORDERED' | 'PURGED';
    DocumentBody: {
      /**
       * @description The country that issued it.
       * @example GR
       */
      country: components['schemas']['Country'];
      /**
       * @description When it expires.
       * @example 1987-04-23
       */
      expires?: string;
      /**
       * @description When it was issued.
       * @example 1987-04-23
       */
      issued?: string;
      /**
       * @description Always `document`. (enum property replaced by openapi-typescript)
       * @enum {string}
       */
      kind: 'document';
      /**
       * @description Its number.
       * @example AB1234567
       */
      number: string;
      /**
       * @description State.
       * @example VALID
       */
      state?: components['schemas']['DocumentState'];
      /**
       * @description Type.
       * @example PASSPORT
       */
      type: components['schemas']['DocumentType'];
    };
    /**
     * @description Always `document`.
     * @enum {string}
     */
    DocumentKind: 'document';
    /**
     * @description State.
     * @enum {string}
     */
    DocumentState: 'VALID' | 'EXPIRED' | 'LOST' | 'STOLEN' | 'FORGED' | 'UNKNOWN';
    /**
     * @description Type.
     * @enum {string}
     */
    DocumentType:
      | 'PASSPORT'
      | 'IDENTITY_CARD'
      | 'RESIDENCE_PERMIT'
      | 'VISA'
      | 'DRIVING_LICENCE'
      | 'TRAVEL_DOCUMENT'
      | 'VEHICLE_REGISTRATION'
      | 'BIRTH_CERTIFICATE'
      | 'OTHER';
    EmptyBody: Record<string, never>;
    EntitiesResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['EntityResponse'][];
    };
    /**
     * @description Only entities of this kind.
     * @enum {string}
     */
    EntityKind: 'person' | 'vehicle' | 'document' | 'location' | 'organisation';
    EntityResponse: {
      /**
       * @description The compartment.
       * @example core
       */
      compartment: components['schemas']['Compartment'];
      /**
       * Format: uuid
       * @description The event.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description The exchange it was named in.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description Its id.
       * @example e-1
       */
      id: string;
      /**
       * @description Who named it.
       * @example gr-police
       */
      issuer: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /**
       * @description What it is.
       * @example person
       */
      kind: components['schemas']['EntityKind'];
      /**
       * @description As it stood in the event.
       * @example {
       *       "kind": "vehicle",
       *       "plate": "ABC 1234"
       *     }
       */
      value:
        | components['schemas']['PersonBody']
        | components['schemas']['VehicleBody']
        | components['schemas']['DocumentBody']
        | components['schemas']['LocationBody']
        | components['schemas']['OrganisationBody'];
    };
    EpochResponse: {
      /**
       * @description The leaf at which it was said that no secret of it is left.
       * @example 42
       */
      destroyed?: string;
      /**
       * @description The leaf that registered it.
       * @example 42
       */
      from: string;
      /**
       * @description The leaf from which on nothing is encrypted to it.
       * @example 42
       */
      retired?: string;
      /**
       * @description How it stands.
       * @example OPEN
       */
      standing: components['schemas']['EpochStanding'];
      /** @description The fingerprint of the subkey. */
      subkey: string;
    };
    /**
     * @description How it stands.
     * @enum {string}
     */
    EpochStanding: 'OPEN' | 'RETIRED' | 'DESTROYED';
    /**
     * @description Why.
     * @enum {string}
     */
    ErasureGround:
      | 'DATA_SUBJECT_RIGHT'
      | 'INACCURATE'
      | 'UNLAWFUL'
      | 'PURPOSE_ENDED'
      | 'CONSENT_WITHDRAWN'
      | 'COURT_ORDER'
      | 'SUPERVISORY_ORDER';
    ErasureResponse: {
      /**
       * @description Who ordered it; absent where its time to be kept is over.
       * @example gr-police
       */
      by?: string;
      /**
       * Format: date-time
       * @description When everybody had said that it is gone.
       * @example 2026-11-23T12:00:00.000Z
       */
      completedAt?: string;
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
       * @description The erasure by which it is forgotten, where this one was ordered in vain.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      instead?: string;
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
       * @description Who had not said so in time.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      overdue: string[];
      /** @description Who has said so. */
      receipts: components['schemas']['PurgeClaimResponse'][];
      /**
       * Format: uuid
       * @description The item in which it was said, where any of it ever came here.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      saidIn?: string;
      /**
       * @description How it stands, as far as this agency is told.
       * @example ORDERED
       */
      status: components['schemas']['ErasureStatus'];
      /**
       * Format: date-time
       * @description By when it is to be gone everywhere, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    ErasuresResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['ErasureResponse'][];
    };
    /**
     * @description How it stands, as far as this agency is told.
     * @enum {string}
     */
    ErasureStatus: 'ORDERED' | 'CANNOT_PURGE' | 'PURGED' | 'ERASED' | 'IN_VAIN';
    EvaluateContributionBody: {
      /** @description The grading. */
      intelligence: components['schemas']['GradingBody'];
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
    };
    EvaluationBody: {
      /**
       * @description How reliable what it said is.
       * @example 2
       */
      info: components['schemas']['InfoEval'];
      /**
       * @description How reliable the source is.
       * @example B
       */
      source: components['schemas']['SourceEval'];
    };
    EventContentResponse: {
      /**
       * Format: date-time
       * @description When its issuer says that it happened.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description The compartments that this agency could open.
       * @example [
       *       "core"
       *     ]
       */
      compartments: components['schemas']['Compartment'][];
      /**
       * @description What every party of the item knows.
       * @example {
       *       "outcome": "FULL"
       *     }
       */
      core: {
        [key: string]: unknown;
      };
      /** @description Of the agency’s own events: to whom it was delivered, and who has signed that it came. Empty of what others have said. */
      deliveries: components['schemas']['DeliveryResponse'][];
      /** @description Whether it was said with a key that may have been in other hands, as is known by now, and its issuer has not said since that it is its own word. */
      doubted: boolean;
      /**
       * Format: uuid
       * @description The event.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description What the hub knows of its type.
       * @example request
       */
      family: components['schemas']['Family'];
      /**
       * @description Who issued it.
       * @example gr-police
       */
      issuer: string;
      /**
       * Format: uuid
       * @description Its item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /**
       * @description Index of its leaf in the log.
       * @example 42
       */
      leaf: string;
      /** @description How each of them is marked. */
      markings: components['schemas']['HeldMarkingResponse'][];
      /** @description Which officer; known for the agency’s own events only. */
      officer?: string;
      /** @description Whether an earlier event had already decided what this one meant to. */
      overtaken: boolean;
      /**
       * @description The other parts that this agency could open, by compartment.
       * @example {
       *       "facts": {
       *         "text": "Crossed at Kapitan Andreevo, lane 4.",
       *         "language": "en"
       *       }
       *     }
       */
      parts: {
        [key: string]: {
          [key: string]: unknown;
        };
      };
      /**
       * Format: date-time
       * @description When the log recorded it.
       * @example 2026-11-23T12:00:00.000Z
       */
      recordedAt: string;
      /**
       * @description Its type.
       * @example RequestIssued
       */
      type: components['schemas']['EventType'];
      /** @description Whether its leaf is under a checkpoint that a quorum of witnesses has cosigned; until then it is unverified. */
      verified: boolean;
    };
    EventContentsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The oldest first. */
      rows: components['schemas']['EventContentResponse'][];
    };
    EventProofResponse: {
      /** @description What witnesses have cosigned; absent until that has been shown to continue it. */
      cosigned?: components['schemas']['CosignedTieResponse'];
      /**
       * @description Its index.
       * @example 42
       */
      index: string;
      /**
       * @description The leaf’s bytes: JSON in canonical form.
       * @example {}
       */
      leaf: string;
      /**
       * @description The verifier key of the log (C2SP signed-note).
       * @example log+…
       */
      log: string;
      /**
       * @description The signed checkpoint of that tree.
       * @example log…
       */
      note: string;
      /**
       * @description The audit path (RFC 6962), from the leaf upwards.
       * @example [
       *       "0000000000000000000000000000000000000000000000000000000000000000"
       *     ]
       */
      path: string[];
      /**
       * @description The size of the tree that it was delivered under.
       * @example 42
       */
      size: string;
      /**
       * @description The verifier keys of the witnesses that this agency believes.
       * @example [
       *       "witness.example+c0ffee00+BA…"
       *     ]
       */
      witnesses: string[];
    };
    /**
     * @description Its type.
     * @enum {string}
     */
    EventType:
      | 'RequestIssued'
      | 'RequestReceived'
      | 'ClarificationAsked'
      | 'ClarificationProvided'
      | 'RequestAccepted'
      | 'DelayNotified'
      | 'AnswerProvided'
      | 'RequestRefused'
      | 'RequestWithdrawn'
      | 'RequestClosed'
      | 'ContributionShared'
      | 'ContributionReceived'
      | 'ContributionAcknowledged'
      | 'ContributionEvaluated'
      | 'EvaluationRevised'
      | 'ReferralIssued'
      | 'ReferralReceived'
      | 'ReferralAccepted'
      | 'ReferralRejected'
      | 'ReferralNotPossible'
      | 'ReferralFeedbackGiven'
      | 'ReferralCompleted'
      | 'ReferralServiceEnded'
      | 'ReferralRevoked'
      | 'DisclosureAttempted'
      | 'ReleaseRequested'
      | 'ReleaseOffered'
      | 'ReleaseGranted'
      | 'JudicialUsePermitted'
      | 'ReleaseDenied'
      | 'GrantMade'
      | 'GrantRevoked'
      | 'GrantPurged'
      | 'GrantCopyKept'
      | 'RecallIssued'
      | 'RecallPurged'
      | 'DisclosureOrdered'
      | 'ShareApproved'
      | 'ShareReleased'
      | 'ShareDeclined'
      | 'DisclosurePurged'
      | 'DisclosureReviewed'
      | 'DrillPrepared'
      | 'DrillProven'
      | 'ErasureOrdered'
      | 'ErasurePurged'
      | 'RecallCopyKept'
      | 'LegalHoldPlaced'
      | 'LegalHoldLifted'
      | 'ReadRootPublished';
    ExchangeResponse: {
      /**
       * Format: uuid
       * @description The exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description How many items it has.
       * @example 1
       */
      items: number;
      /**
       * @description The agencies that appear in what this agency holds.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      known: string[];
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many of them still wait for somebody.
       * @example 1
       */
      open: number;
      /**
       * @description Who opened it, where that is known.
       * @example gr-police
       */
      owner?: string;
      /**
       * @description Raised by every change; the `ETag` says the same.
       * @example 42
       */
      version: string;
    };
    ExchangesResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['ExchangeResponse'][];
    };
    /**
     * @description What the hub knows of its type.
     * @enum {string}
     */
    Family:
      | 'request'
      | 'contribution'
      | 'referral'
      | 'protection'
      | 'alert'
      | 'membership'
      | 'grant'
      | 'release'
      | 'recall'
      | 'disclosure'
      | 'erasure'
      | 'receipt'
      | 'attempt'
      | 'hold'
      | 'reads'
      | 'void';
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
    FindingResponse: {
      /**
       * Format: date-time
       * @description When it was found.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description Its code.
       * @example commitment-mismatch
       */
      code: string;
      /** @description For people; never case content. */
      detail: string;
      /**
       * Format: uuid
       * @description The event.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event?: string;
      /**
       * @description Its id.
       * @example 42
       */
      id: string;
      /**
       * @description The leaf.
       * @example 42
       */
      leaf?: string;
      /**
       * Format: date-time
       * @description Since when it is settled: what could not be opened then has been opened.
       * @example 2026-11-23T12:00:00.000Z
       */
      resolvedAt?: string;
    };
    FindingsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['FindingResponse'][];
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
    GradingBody: {
      /** @description The grading. */
      evaluation: components['schemas']['EvaluationBody'];
      /** @description Why. */
      text?: string;
    };
    /**
     * @description Which parts of it.
     * @enum {string}
     */
    Grantable:
      | 'facts'
      | 'intelligence'
      | 'source'
      | 'evidence'
      | 'financial'
      | 'identity'
      | 'needs'
      | 'risk'
      | 'welfare'
      | 'health'
      | 'shelter'
      | 'consular'
      | 'legal'
      | 'statistics';
    GrantReleaseBody: {
      /**
       * @description Which parts; no more than was asked for.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: date-time
       * @description Until when, in the log’s time; then the copy is purged.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    HandedLineResponse: {
      /** @description What witnesses have cosigned; absent until that has been shown to continue it. */
      cosigned?: components['schemas']['CosignedTieResponse'];
      /**
       * @description The line, in base 64.
       * @example pQ==
       */
      delivery: string;
    };
    /**
     * @description The handling codes that apply. H2 keeps it from being passed on without release; what H3 says in words stands in `restrictions`, within the content.
     * @enum {string}
     */
    HandlingCode: 'H0' | 'H1' | 'H2' | 'H3';
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
    HeldMarkingResponse: {
      /**
       * @description How it is classified. The network carries nothing above R-UE/EU-R.
       * @example UNCLASSIFIED
       */
      classification: components['schemas']['Classification'];
      /**
       * @description The compartment.
       * @example facts
       */
      compartment: components['schemas']['Compartment'];
      /**
       * @description The handling codes that apply. H2 keeps it from being passed on without release; what H3 says in words stands in `restrictions`, within the content.
       * @example [
       *       "H2"
       *     ]
       */
      handling: components['schemas']['HandlingCode'][];
    };
    /**
     * @description On what ground.
     * @enum {string}
     */
    HoldGround:
      'CRIMINAL_PROCEEDINGS' | 'COURT_ORDER' | 'PRESERVATION_REQUEST' | 'SUPERVISORY_INQUIRY';
    HoldResponse: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /** @description Whether it has ended by itself. */
      expired: boolean;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      from: string;
      /**
       * @description On what ground.
       * @example CRIMINAL_PROCEEDINGS
       */
      ground: components['schemas']['HoldGround'];
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * Format: date-time
       * @description When it was lifted.
       * @example 2026-11-23T12:00:00.000Z
       */
      liftedAt?: string;
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.
       * @example 0
       */
      onItsWay: number;
      /** @description Whether somebody still has to act. */
      open: boolean;
      /**
       * @description How it stands.
       * @example ISSUED
       */
      status: string;
      /**
       * @description Whom it addresses.
       * @example bg-border-police
       */
      to: string;
      /**
       * Format: date-time
       * @description When it ends by itself, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
      /**
       * @description Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.
       * @example 2
       */
      version: string;
    };
    HoldsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['HoldResponse'][];
    };
    /** @enum {string} */
    HoldStatus: 'PLACED' | 'LIFTED';
    ImposeDisclosureBody: {
      /**
       * @description The agency that is to read it.
       * @example gr-police
       */
      beneficiary: string;
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * @description On what ground.
       * @example COURT_ORDER
       */
      ground: components['schemas']['DisclosureGround'];
      /**
       * Format: date-time
       * @description Until when, in the log’s time: within a day. Then the copy is purged.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    ImposeErasureBody: {
      /**
       * Format: uuid
       * @description The event that says it.
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
      ground: components['schemas']['ErasureGround'];
      /** @description Which parts of it. */
      parts: components['schemas']['NamedPart'][];
      /**
       * @description Who said it.
       * @example gr-police
       */
      saidBy: string;
      /**
       * Format: date-time
       * @description By when it is to be gone everywhere, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    /**
     * @description How reliable what it said is.
     * @enum {string}
     */
    InfoEval: '1' | '2' | '3' | '4';
    IssueRecallBody: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /** @description What was seen or found, rightly. */
      facts?: components['schemas']['StatementBody'];
      /** @description What is made of it, rightly. */
      intelligence?: components['schemas']['StatementBody'];
      /** @description How what is said instead may travel. */
      marking: components['schemas']['MarkingBody'];
      /**
       * @description The holder that is to forget it.
       * @example gr-police
       */
      to: string;
      /**
       * Format: date-time
       * @description By when, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    IssueReferralBody: {
      /** @description What the person has agreed to. Without it nothing is sent. */
      consent?: components['schemas']['ConsentBody'];
      /**
       * Format: uuid
       * @description The exchange it belongs to; a new one is opened when it is left out.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange?: string;
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /** @description What the person needs. */
      needs: components['schemas']['NeedsBody'];
      /** @description The person referred. */
      persons: components['schemas']['PersonBody'][];
      /** @description What to beware of. */
      risk?: components['schemas']['RiskBody'];
      /**
       * @description The agency that is asked to take the person on.
       * @example animus
       */
      to: string;
    };
    IssueRequestBody: {
      /**
       * @description Whether the agency can reach the data itself.
       * @example DIRECT
       */
      access: components['schemas']['Access'];
      /**
       * @description The events whose content is passed on in it; their markings bind.
       * @example [
       *       "8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21"
       *     ]
       */
      derivedFrom?: string[];
      /**
       * Format: uuid
       * @description The exchange it belongs to; a new one is opened when it is left out.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange?: string;
      /** @description What is asked. */
      facts: components['schemas']['QuestionBody'];
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /**
       * @description The agency that is asked.
       * @example bg-border-police
       */
      to: string;
      /**
       * @description How soon an answer is needed.
       * @example URGENT
       */
      urgency: components['schemas']['Urgency'];
    };
    /**
     * @description Why a copy stays, as the holder’s node says; until it says that it is gone.
     * @enum {string}
     */
    KeptBecause: 'COURT_FILE' | 'LEGAL_HOLD';
    KeysResponse: {
      /** @description The newest first. */
      certificates: components['schemas']['CertificateResponse'][];
      /** @description The newest first. */
      epochs: components['schemas']['EpochResponse'][];
    };
    /**
     * @description Languages the person understands (ISO 639-1).
     * @enum {string}
     */
    Language:
      | 'ar'
      | 'bg'
      | 'bn'
      | 'bs'
      | 'cs'
      | 'da'
      | 'de'
      | 'el'
      | 'en'
      | 'es'
      | 'fa'
      | 'fr'
      | 'hi'
      | 'hr'
      | 'hu'
      | 'hy'
      | 'it'
      | 'ka'
      | 'ku'
      | 'mk'
      | 'nl'
      | 'pl'
      | 'ps'
      | 'pt'
      | 'ro'
      | 'ru'
      | 'sq'
      | 'sr'
      | 'so'
      | 'sv'
      | 'ti'
      | 'tr'
      | 'uk'
      | 'ur'
      | 'vi'
      | 'zh';
    LocationBody: {
      /**
       * @description Country.
       * @example GR
       */
      country?: components['schemas']['Country'];
      /**
       * @description Always `location`. (enum property replaced by openapi-typescript)
       * @enum {string}
       */
      kind: 'location';
      /**
       * @description Degrees north × 10⁶.
       * @example 41717000
       */
      latitudeE6?: number;
      /**
       * @description Degrees east × 10⁶.
       * @example 26322000
       */
      longitudeE6?: number;
      /**
       * @description Its name or address.
       * @example Kapitan Andreevo
       */
      name: string;
      /**
       * @description Type.
       * @example BORDER_CROSSING
       */
      type: components['schemas']['LocationType'];
    };
    /**
     * @description Always `location`.
     * @enum {string}
     */
    LocationKind: 'location';
    /**
     * @description Type.
     * @enum {string}
     */
    LocationType:
      | 'BORDER_CROSSING'
      | 'ADDRESS'
      | 'TOWN'
      | 'ROAD'
      | 'PORT'
      | 'AIRPORT'
      | 'RAILWAY_STATION'
      | 'OTHER';
    MarkingBody: {
      /**
       * @description How it is classified. The network carries nothing above R-UE/EU-R.
       * @example UNCLASSIFIED
       */
      classification: components['schemas']['Classification'];
      /**
       * @description The handling codes that apply. H2 keeps it from being passed on without release; what H3 says in words stands in `restrictions`, within the content.
       * @example [
       *       "H2"
       *     ]
       */
      handling: components['schemas']['HandlingCode'][];
    };
    NamedPart: {
      /**
       * @description Its compartment.
       * @example facts
       */
      compartment: components['schemas']['Grantable'];
      /**
       * @description The digest of its descriptor.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      descriptor: string;
    };
    /**
     * @description Which of a person’s names it is.
     * @enum {string}
     */
    NameKind: 'PRIMARY' | 'ALIAS' | 'MAIDEN' | 'RELIGIOUS';
    NeedsBody: {
      /** @description What an interpreter has to be or not to be. */
      interpreter?: string;
      /**
       * @description The language the person understands best.
       * @example bg
       */
      language: components['schemas']['Language'];
      /**
       * @description Services asked for.
       * @example [
       *       "SHELTER",
       *       "LEGAL"
       *     ]
       */
      services: components['schemas']['Service'][];
      /** @description Anything else that the service has to know. */
      text?: string;
      /**
       * @description How soon help is needed.
       * @example ROUTINE
       */
      urgency: components['schemas']['Urgency'];
    };
    NotifyDelayBody: {
      /** @description Why. */
      facts: components['schemas']['RemarkBody'];
      /**
       * @description Whether a court or prosecutor has to authorise the answer.
       * @example false
       */
      judicialAuthorisation: boolean;
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /**
       * @description By how many seconds the time allowed grows.
       * @example 86400
       */
      seconds: number;
    };
    OfferReleaseBody: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it; this agency’s own.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * @description The agency that is given it.
       * @example gr-police
       */
      grantee: string;
      /**
       * Format: date-time
       * @description Until when, in the log’s time; then the copy is purged.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    OfficerResponse: {
      /** @description Whether the account can be used. */
      active: boolean;
      /**
       * Format: date-time
       * @description Until when it is locked after wrong passwords.
       * @example 2026-11-23T12:00:00.000Z
       */
      lockedUntil?: string;
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
    OfficersResponse: {
      /** @description Ordered by name of officer. */
      rows: components['schemas']['OfficerResponse'][];
    };
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
    OrderDisclosureBody: {
      /**
       * @description The agency that is to read it: one’s own.
       * @example gr-police
       */
      beneficiary: string;
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /** @description Whether it is an emergency of this agency’s own, at which oversight looks. */
      emergency: boolean;
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * @description On what ground.
       * @example COURT_ORDER
       */
      ground: components['schemas']['DisclosureGround'];
      /**
       * Format: date-time
       * @description Until when, in the log’s time: within a day. Then the copy is purged.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    OrderErasureBody: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * @description Why.
       * @example DATA_SUBJECT_RIGHT
       */
      ground: components['schemas']['ErasureGround'];
      /**
       * Format: date-time
       * @description By when it is to be gone everywhere, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    OrganisationBody: {
      /**
       * @description Country.
       * @example GR
       */
      country?: components['schemas']['Country'];
      /**
       * @description Always `organisation`. (enum property replaced by openapi-typescript)
       * @enum {string}
       */
      kind: 'organisation';
      /** @description Its name. */
      name: string;
      /** @description Its number in a public register. */
      registration?: string;
      /**
       * @description Type.
       * @example COMPANY
       */
      type: components['schemas']['OrganisationType'];
    };
    /**
     * @description Always `organisation`.
     * @enum {string}
     */
    OrganisationKind: 'organisation';
    /**
     * @description Type.
     * @enum {string}
     */
    OrganisationType:
      | 'COMPANY'
      | 'CARRIER'
      | 'TRAVEL_AGENCY'
      | 'EMPLOYMENT_AGENCY'
      | 'NGO'
      | 'PUBLIC_BODY'
      | 'CRIMINAL_GROUP'
      | 'OTHER';
    PersonBody: {
      /** @description Place of birth. */
      birthplace?: string;
      /**
       * @description Date of birth, as far as it is known.
       * @example 1987-04-23
       */
      born?: string;
      /**
       * @description What the person is to this case.
       * @example SUSPECT
       */
      category: components['schemas']['DataSubjectCategory'];
      /** @description What the person looks like. */
      description?: string;
      /**
       * @description Always `person`. (enum property replaced by openapi-typescript)
       * @enum {string}
       */
      kind: 'person';
      /**
       * @description Languages the person understands (ISO 639-1).
       * @example [
       *       "bg"
       *     ]
       */
      languages?: components['schemas']['Language'][];
      /** @description Names, each in its script. */
      names: components['schemas']['PersonNameBody'][];
      /**
       * @description Nationalities (ISO 3166-1 alpha-2).
       * @example [
       *       "BG"
       *     ]
       */
      nationalities?: components['schemas']['Country'][];
      /**
       * @description Sex.
       * @example FEMALE
       */
      sex?: components['schemas']['Sex'];
    };
    /**
     * @description Always `person`.
     * @enum {string}
     */
    PersonKind: 'person';
    PersonNameBody: {
      /**
       * @description Family name, in that script.
       * @example Иванов
       */
      family?: string;
      /**
       * @description Given names, in that script.
       * @example Георги
       */
      given?: string;
      /**
       * @description Which of a person’s names it is.
       * @example PRIMARY
       */
      kind: components['schemas']['NameKind'];
      /** @description What a document prints beside it in Latin letters. */
      latin?: string;
      /**
       * @description The script it is written in (ISO 15924).
       * @example Cyrl
       */
      script: components['schemas']['Script'];
    };
    PlaceHoldBody: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * @description On what ground.
       * @example CRIMINAL_PROCEEDINGS
       */
      ground: components['schemas']['HoldGround'];
      /** @description Under which the proceedings are found again. */
      reference?: string;
      /**
       * Format: date-time
       * @description When it ends by itself, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
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
    ProposalResponse: {
      /**
       * @description The command that it would give.
       * @example GrantRelease
       */
      command: string;
      /**
       * Format: date-time
       * @description When.
       * @example 2026-11-23T12:00:00.000Z
       */
      decidedAt?: string;
      /** @description Who decided on it. */
      decidedBy?: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * Format: uuid
       * @description The proposal.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      proposal: string;
      /**
       * Format: date-time
       * @description When.
       * @example 2026-11-23T12:00:00.000Z
       */
      proposedAt: string;
      /** @description Who proposed it. */
      proposedBy: string;
      /** @description What the command says, as JSON; to whoever has its duty. */
      says?: string;
      /**
       * @description How it stands.
       * @example OPEN
       */
      status: components['schemas']['ProposalStatus'];
      /**
       * Format: date-time
       * @description When it lapses.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    ProposalsResponse: {
      /** @description The newest first. */
      rows: components['schemas']['ProposalResponse'][];
    };
    /**
     * @description How it stands.
     * @enum {string}
     */
    ProposalStatus: 'OPEN' | 'CONFIRMED' | 'REJECTED' | 'LAPSED';
    PurgeClaimResponse: {
      /**
       * @description Whose node.
       * @example gr-police
       */
      agency: string;
      /**
       * Format: date-time
       * @description When the log recorded it.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * Format: date-time
       * @description When its last backup that holds it is deleted.
       * @example 2026-11-23T12:00:00.000Z
       */
      backupsUntil: string;
      /**
       * @description Why a copy stays all the same, where one does.
       * @example [
       *       "COURT_FILE"
       *     ]
       */
      kept?: components['schemas']['KeptBecause'][];
      /**
       * @description What it has emptied.
       * @example [
       *       "CONTENT"
       *     ]
       */
      stores: components['schemas']['PurgedStore'][];
    };
    /**
     * @description What it has emptied.
     * @enum {string}
     */
    PurgedStore: 'CONTENT' | 'KEYS' | 'SEARCH' | 'DELIVERIES' | 'OUTBOX';
    /**
     * @description What for.
     * @enum {string}
     */
    Purpose:
      | 'PREVENTION'
      | 'INVESTIGATION'
      | 'PROSECUTION'
      | 'BORDER_CONTROL'
      | 'CUSTOMS_CONTROL'
      | 'VICTIM_PROTECTION'
      | 'CHILD_PROTECTION'
      | 'SERVICE_PROVISION'
      | 'DATA_SUBJECT_REQUEST'
      | 'QUALITY_CONTROL'
      | 'OVERSIGHT';
    QuestionBody: {
      /**
       * @description Why the information is thought to be available there.
       * @example the vehicle is thought to have crossed at a border crossing of the agency
       */
      availability: string;
      /** @description How the persons named are linked to the purpose; needed once a person is named. */
      connection?: string;
      /**
       * @description The persons and things that it names.
       * @example [
       *       {
       *         "kind": "vehicle",
       *         "plate": "ABC 1234",
       *         "country": "GR",
       *         "type": "VAN",
       *         "colour": "white"
       *       }
       *     ]
       */
      entities: (
        | components['schemas']['PersonBody']
        | components['schemas']['VehicleBody']
        | components['schemas']['DocumentBody']
        | components['schemas']['LocationBody']
        | components['schemas']['OrganisationBody']
      )[];
      /** @description Grading of what the request itself says. */
      evaluation?: components['schemas']['EvaluationBody'];
      /**
       * @description The language it is written in (ISO 639-1).
       * @example en
       */
      language: components['schemas']['Language'];
      /**
       * @description Why it is necessary and proportionate.
       * @example no other lead is left
       */
      necessity: string;
      /**
       * @description The underlying offence.
       * @example trafficking in human beings
       */
      offence: string;
      /**
       * @description What it is needed for.
       * @example locating two persons at risk
       */
      purpose: string;
      /** @description What H3 restricts, in words; needed when H3 applies. */
      restrictions?: string;
      /**
       * @description The information sought.
       * @example When and where did the vehicle cross, and with whom?
       */
      sought: string;
      /** @description Why it is urgent; needed when it is. */
      urgencyGrounds?: string;
    };
    ReadResponse: {
      /**
       * Format: date-time
       * @description When.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * Format: uuid
       * @description The exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange?: string;
      /**
       * @description What was asked for.
       * @example [
       *       "item"
       *     ]
       */
      fields: string[];
      /**
       * @description Hash of this row.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      hash: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /** @description The provision that it rests on. */
      legalBasis?: string;
      /**
       * @description Random: without it the hash says nothing.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      nonce?: string;
      /**
       * @description Its number, from 0 without gaps.
       * @example 42
       */
      number: string;
      /** @description Who read. */
      officer: string;
      /**
       * @description Hash of the row before; zeros for the first.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      previous: string;
      /**
       * @description What for: a code.
       * @example INVESTIGATION
       */
      purpose: string;
      /**
       * @description Digest of the salted justification.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      textDigest?: string;
    };
    ReadsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The oldest first. */
      rows: components['schemas']['ReadResponse'][];
    };
    ReadsRootResponse: {
      /**
       * @description Hash of the newest row; zeros when there is none.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      head: string;
      /**
       * @description Its root.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      root: string;
      /**
       * @description How many reads it covers.
       * @example 42
       */
      size: string;
    };
    RecallResponse: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /** @description Whether the holder had not said by then what became of it, or has not. */
      defaulted: boolean;
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      from: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * @description Why a copy stays, as the holder’s node says; until it says that it is gone.
       * @example [
       *       "COURT_FILE"
       *     ]
       */
      kept?: components['schemas']['KeptBecause'][];
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.
       * @example 0
       */
      onItsWay: number;
      /** @description Whether somebody still has to act. */
      open: boolean;
      /**
       * Format: date-time
       * @description When the holder’s node said that it is.
       * @example 2026-11-23T12:00:00.000Z
       */
      purgedAt?: string;
      /**
       * @description How it stands.
       * @example ISSUED
       */
      status: string;
      /**
       * @description Whom it addresses.
       * @example bg-border-police
       */
      to: string;
      /**
       * Format: date-time
       * @description By when the copy is to be gone, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
      /**
       * @description Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.
       * @example 2
       */
      version: string;
    };
    RecallsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['RecallResponse'][];
    };
    /** @enum {string} */
    RecallStatus: 'ISSUED' | 'PURGED' | 'CANNOT_PURGE';
    ReferralFeedbackBody: {
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /**
       * @description All that a referring officer learns.
       * @example ACCEPTED
       */
      outcome: components['schemas']['ReferralOutcome'];
      /** @description For services only. */
      welfare?: components['schemas']['WelfareBody'];
    };
    /**
     * @description All that a referring officer learns.
     * @enum {string}
     */
    ReferralOutcome: 'ACCEPTED' | 'NOT_POSSIBLE';
    ReferralResponse: {
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      from: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.
       * @example 0
       */
      onItsWay: number;
      /** @description Whether somebody still has to act. */
      open: boolean;
      /**
       * @description How it stands.
       * @example ISSUED
       */
      status: string;
      /**
       * @description Whom it addresses.
       * @example bg-border-police
       */
      to: string;
      /**
       * @description Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.
       * @example 2
       */
      version: string;
    };
    ReferralsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['ReferralResponse'][];
    };
    /** @enum {string} */
    ReferralStatus:
      | 'ISSUED'
      | 'RECEIVED'
      | 'ACCEPTED'
      | 'REJECTED'
      | 'NOT_POSSIBLE'
      | 'FEEDBACK_GIVEN'
      | 'DONE'
      | 'REVOKED'
      | 'CONSENT_WITHDRAWN';
    /**
     * @description The ground: Directive (EU) 2023/977, Article 6(1).
     * @enum {string}
     */
    RefusalGround: 'a' | 'b' | 'c' | 'd' | 'e' | 'f-i' | 'f-ii' | 'f-iii' | 'g-i' | 'g-ii' | 'h';
    /**
     * @description How much of the request it covers.
     * @enum {string}
     */
    RefusalScope: 'WHOLE' | 'PART';
    RefuseRequestBody: {
      /** @description What may be said about it. */
      facts?: components['schemas']['RemarkBody'];
      /**
       * @description The ground: Directive (EU) 2023/977, Article 6(1).
       * @example f-ii
       */
      ground: components['schemas']['RefusalGround'];
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /**
       * @description How much of the request it covers.
       * @example WHOLE
       */
      scope: components['schemas']['RefusalScope'];
    };
    RejectionBody: {
      /**
       * @description Why.
       * @example NO_CAPACITY
       */
      reason: components['schemas']['RejectionReason'];
      /** @description More about it. */
      text?: string;
    };
    /**
     * @description Why.
     * @enum {string}
     */
    RejectionReason:
      | 'NO_CAPACITY'
      | 'OUTSIDE_MANDATE'
      | 'NEEDS_CANNOT_BE_MET'
      | 'PERSON_DECLINED'
      | 'PERSON_NOT_REACHED'
      | 'SAFETY_CANNOT_BE_ENSURED'
      | 'OTHER';
    ReleaseResponse: {
      /**
       * @description Which parts: asked for, then granted.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /** @description Whether the time for which it was granted is over, as of the log’s time. */
      expired: boolean;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      from: string;
      /**
       * @description Who is to be given it.
       * @example gr-police
       */
      grantee: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * @description Why a copy of the grantee’s stays although the grant is over.
       * @example [
       *       "COURT_FILE"
       *     ]
       */
      kept?: components['schemas']['KeptBecause'][];
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.
       * @example 0
       */
      onItsWay: number;
      /** @description Whether somebody still has to act. */
      open: boolean;
      /**
       * @description Who said it, and decides.
       * @example gr-police
       */
      provider: string;
      /**
       * Format: date-time
       * @description When the grantee said that its copy is gone.
       * @example 2026-11-23T12:00:00.000Z
       */
      purgedAt?: string;
      /**
       * @description How it stands.
       * @example ISSUED
       */
      status: string;
      /**
       * @description Whom it addresses.
       * @example bg-border-police
       */
      to: string;
      /**
       * Format: date-time
       * @description Until when, in the log’s time, once it was granted.
       * @example 2026-11-23T12:00:00.000Z
       */
      until?: string;
      /**
       * @description Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.
       * @example 2
       */
      version: string;
    };
    ReleasesResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['ReleaseResponse'][];
    };
    /** @enum {string} */
    ReleaseStatus: 'REQUESTED' | 'GRANTED' | 'DENIED' | 'USED' | 'REVOKED' | 'EXPIRED';
    RemarkBody: {
      /**
       * @description The persons and things that it names.
       * @example [
       *       {
       *         "kind": "vehicle",
       *         "plate": "ABC 1234",
       *         "country": "GR",
       *         "type": "VAN",
       *         "colour": "white"
       *       }
       *     ]
       */
      entities?: (
        | components['schemas']['PersonBody']
        | components['schemas']['VehicleBody']
        | components['schemas']['DocumentBody']
        | components['schemas']['LocationBody']
        | components['schemas']['OrganisationBody']
      )[];
      /**
       * @description The language of the text (ISO 639-1).
       * @example en
       */
      language: components['schemas']['Language'];
      /**
       * @description What is said.
       * @example Which of the two crossings is meant?
       */
      text: string;
    };
    RequestReleaseBody: {
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /**
       * Format: uuid
       * @description The event that says it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /** @description Why, in words. */
      facts?: components['schemas']['RemarkBody'];
      /**
       * @description The agency that is to be given it; one’s own, to use in judicial proceedings what its provider marked H1.
       * @example gr-police
       */
      grantee: string;
      /** @description How this question may travel. */
      marking: components['schemas']['MarkingBody'];
      /**
       * @description What for.
       * @example PREVENTION
       */
      purpose: components['schemas']['Purpose'];
    };
    RequestResponse: {
      /**
       * @description Whether the agency can reach the data itself.
       * @example DIRECT
       */
      access?: components['schemas']['Access'];
      /**
       * Format: date-time
       * @description The deadline; absent before the receipt and while the clock stands still.
       * @example 2026-11-23T12:00:00.000Z
       */
      dueAt?: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: date-time
       * @description When the log recorded its first event.
       * @example 2026-11-23T12:00:00.000Z
       */
      firstAt: string;
      /**
       * @description Who issued it.
       * @example gr-police
       */
      from: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * @description How late it was settled.
       * @example 3600
       */
      lateBySeconds?: number;
      /**
       * Format: date-time
       * @description When the log recorded its newest event.
       * @example 2026-11-23T12:00:00.000Z
       */
      newestAt: string;
      /**
       * @description Leaf index of its newest event.
       * @example 42
       */
      newestLeaf: string;
      /**
       * @description How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.
       * @example 0
       */
      onItsWay: number;
      /** @description Whether somebody still has to act. */
      open: boolean;
      /** @description Whether it is unsettled and past its deadline. */
      overdue: boolean;
      /**
       * Format: date-time
       * @description When the log recorded the receipt: the clock’s start.
       * @example 2026-11-23T12:00:00.000Z
       */
      receivedAt?: string;
      /**
       * Format: date-time
       * @description When it was answered, refused or withdrawn.
       * @example 2026-11-23T12:00:00.000Z
       */
      settledAt?: string;
      /**
       * @description How it stands.
       * @example ISSUED
       */
      status: string;
      /**
       * Format: date-time
       * @description Since when the clock stands still.
       * @example 2026-11-23T12:00:00.000Z
       */
      suspendedAt?: string;
      /**
       * @description Whom it addresses.
       * @example bg-border-police
       */
      to: string;
      /**
       * @description How soon an answer is needed.
       * @example ROUTINE
       */
      urgency: components['schemas']['Urgency'];
      /**
       * @description Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.
       * @example 2
       */
      version: string;
    };
    RequestsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['RequestResponse'][];
    };
    /** @enum {string} */
    RequestStatus:
      | 'ISSUED'
      | 'RECEIVED'
      | 'CLARIFICATION_ASKED'
      | 'ACCEPTED'
      | 'DELAY_NOTIFIED'
      | 'ANSWERED_FULL'
      | 'ANSWERED_PARTIAL'
      | 'ANSWERED_NOTHING_HELD'
      | 'REFUSED'
      | 'WITHDRAWN'
      | 'CLOSED';
    ReviewDisclosureBody: {
      /**
       * @description What it thinks of the emergency.
       * @example JUSTIFIED
       */
      outcome: components['schemas']['ReviewOutcome'];
    };
    /**
     * @description What it thinks of the emergency.
     * @enum {string}
     */
    ReviewOutcome: 'JUSTIFIED' | 'EXCESSIVE' | 'UNJUSTIFIED';
    /**
     * @description Why.
     * @enum {string}
     */
    RevocationReason: 'CONSENT_WITHDRAWN' | 'NO_LONGER_NEEDED' | 'ISSUED_IN_ERROR';
    RevokeReferralBody: {
      /**
       * @description Why.
       * @example CONSENT_WITHDRAWN
       */
      reason: components['schemas']['RevocationReason'];
    };
    RiskBody: {
      /** @description The safety plan. */
      safetyPlan?: string;
      /** @description Threats. */
      text: string;
    };
    /**
     * @description The script it is written in (ISO 15924).
     * @enum {string}
     */
    Script: 'Latn' | 'Cyrl' | 'Grek';
    /**
     * @description How to compare it.
     * @enum {string}
     */
    SearchAs: 'name' | 'number';
    SearchBody: {
      /** @description The `next` of the page before, unchanged. */
      after?: string;
      /**
       * @description How to compare it.
       * @example number
       */
      as: components['schemas']['SearchAs'];
      /**
       * Format: uuid
       * @description Only within this exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange?: string;
      /**
       * @description Only entities of this kind.
       * @example person
       */
      kind?: components['schemas']['EntityKind'];
      /**
       * @description At most so many; 50 unless told.
       * @example 50
       */
      limit?: number;
      /**
       * @description A name, a plate or a number, in any of the scripts.
       * @example ABC 1234
       */
      text: string;
    };
    SearchHitResponse: {
      /** @description Edits between them; 0 is another spelling of the same. */
      distance: number;
      /** @description The entity. */
      entity: components['schemas']['EntityResponse'];
      /** @description The label that matched, as it was written. */
      matched: string;
      /** @description The spelling of it in Latin letters that came nearest. */
      spelling: string;
    };
    SearchResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The nearest first. */
      rows: components['schemas']['SearchHitResponse'][];
    };
    /**
     * @description Services asked for.
     * @enum {string}
     */
    Service:
      | 'SHELTER'
      | 'HEALTH'
      | 'PSYCHOLOGICAL'
      | 'LEGAL'
      | 'INTERPRETATION'
      | 'EDUCATION'
      | 'FINANCIAL'
      | 'LIVELIHOOD'
      | 'SOCIAL_CARE'
      | 'SAFE_RETURN'
      | 'COMPENSATION';
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
    /**
     * @description Sex.
     * @enum {string}
     */
    Sex: 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN';
    ShareContributionBody: {
      /**
       * @description The events whose content is passed on in it; their markings bind.
       * @example [
       *       "8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21"
       *     ]
       */
      derivedFrom?: string[];
      /**
       * Format: uuid
       * @description The exchange it belongs to; a new one is opened when it is left out.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange?: string;
      /** @description What was seen or found. */
      facts?: components['schemas']['StatementBody'];
      /** @description What is made of it. At least one of facts and intelligence has to be there. */
      intelligence?: components['schemas']['StatementBody'];
      /** @description How it may travel. */
      marking: components['schemas']['MarkingBody'];
      /** @description Stays with the contributing agency. */
      source?: components['schemas']['SourceBody'];
      /**
       * @description The agency that it is given to.
       * @example gr-police
       */
      to: string;
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
    SourceBody: {
      /** @description Who or what it came from, and how. */
      text: string;
    };
    /**
     * @description How reliable the source is.
     * @enum {string}
     */
    SourceEval: 'A' | 'B' | 'C' | 'X';
    StatementBody: {
      /**
       * @description The persons and things that it names.
       * @example [
       *       {
       *         "kind": "vehicle",
       *         "plate": "ABC 1234",
       *         "country": "GR",
       *         "type": "VAN",
       *         "colour": "white"
       *       }
       *     ]
       */
      entities: (
        | components['schemas']['PersonBody']
        | components['schemas']['VehicleBody']
        | components['schemas']['DocumentBody']
        | components['schemas']['LocationBody']
        | components['schemas']['OrganisationBody']
      )[];
      /** @description Its grading. */
      evaluation?: components['schemas']['EvaluationBody'];
      /**
       * @description The language of the text (ISO 639-1).
       * @example en
       */
      language: components['schemas']['Language'];
      /** @description What H3 restricts, in words; needed when H3 applies. */
      restrictions?: string;
      /**
       * @description Whether it reports a fact or a personal assessment.
       * @example FACT
       */
      statement: components['schemas']['StatementKind'];
      /**
       * @description What is said.
       * @example Crossed at Kapitan Andreevo, lane 4.
       */
      text: string;
    };
    /**
     * @description Whether it reports a fact or a personal assessment.
     * @enum {string}
     */
    StatementKind: 'FACT' | 'PERSONAL_ASSESSMENT';
    SubmissionResponse: {
      /**
       * @description To how many other agencies it is addressed.
       * @example 1
       */
      addressees: number;
      /**
       * @description The chain it is on.
       * @example gr-police-1
       */
      chain: string;
      /**
       * @description How many mailboxes were given it.
       * @example 1
       */
      deliveredTo: number;
      /** @description To whom it was delivered, and who has proven that it came: where no leaf is named, not yet. */
      deliveries: components['schemas']['DeliveryResponse'][];
      /**
       * Format: uuid
       * @description The event.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description What the hub knows of its type.
       * @example request
       */
      family: components['schemas']['Family'];
      /**
       * @description Digest of its header.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      header: string;
      /**
       * Format: uuid
       * @description Its item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /**
       * @description Its leaf in the log.
       * @example 42
       */
      leaf?: string;
      /** @description The officer who decided it. */
      officer?: string;
      /**
       * @description Who has answered with a signed receipt.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      openedBy: string[];
      /**
       * Format: date-time
       * @description When the log recorded it.
       * @example 2026-11-23T12:00:00.000Z
       */
      recordedAt?: string;
      /**
       * @description Why the hub rejected it, or which codes deny it to some recipient.
       * @example []
       */
      refusals: string[];
      /**
       * Format: date-time
       * @description When it was sealed.
       * @example 2026-11-23T12:00:00.000Z
       */
      sealedAt: string;
      /**
       * Format: date-time
       * @description When the bus took it.
       * @example 2026-11-23T12:00:00.000Z
       */
      sentAt?: string;
      /**
       * @description Its number on the chain.
       * @example 42
       */
      seq: string;
      /**
       * @description How far it has come.
       * @example sealed
       */
      stage: components['schemas']['SubmissionStage'];
      /** @description Whether its leaf is under a checkpoint that a quorum of witnesses has cosigned; until then it is unverified. */
      verified: boolean;
    };
    SubmissionsResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['SubmissionResponse'][];
    };
    /** @enum {string} */
    SubmissionStage: 'sealed' | 'sent' | 'recorded' | 'delivered' | 'opened';
    SubmittedEventResponse: {
      /**
       * Format: uuid
       * @description The event; `/submissions/{event}` says how far it has come.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * @description Its type.
       * @example RequestIssued
       */
      type: string;
    };
    SubmittedResponse: {
      /**
       * @description How the item stands at this agency, when it had been done before and nothing was left to seal.
       * @example ACKNOWLEDGED
       */
      already?: string;
      /** @description What was sealed; empty when it was so already, and then the answer is 200. */
      events: components['schemas']['SubmittedEventResponse'][];
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: uuid
       * @description The item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item: string;
      /**
       * Format: uuid
       * @description Nothing is sealed yet: a second officer confirms this proposal, or it lapses.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      proposal?: string;
    };
    TimelineEntryResponse: {
      /**
       * Format: date-time
       * @description When its issuer says that it happened.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * @description The compartments that this agency could open.
       * @example [
       *       "core"
       *     ]
       */
      compartments: components['schemas']['Compartment'][];
      /** @description Of the agency’s own events: to whom it was delivered, and who has signed that it came. Empty of what others have said. */
      deliveries: components['schemas']['DeliveryResponse'][];
      /** @description Whether it was said with a key that may have been in other hands, as is known by now, and its issuer has not said since that it is its own word. */
      doubted: boolean;
      /**
       * Format: uuid
       * @description The event.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description What the hub knows of its type.
       * @example request
       */
      family: components['schemas']['Family'];
      /**
       * @description Who issued it.
       * @example gr-police
       */
      issuer: string;
      /**
       * Format: uuid
       * @description Its item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /**
       * @description Index of its leaf in the log.
       * @example 42
       */
      leaf: string;
      /** @description How each of them is marked. */
      markings: components['schemas']['HeldMarkingResponse'][];
      /** @description Which officer; known for the agency’s own events only. */
      officer?: string;
      /** @description Whether an earlier event had already decided what this one meant to. */
      overtaken: boolean;
      /**
       * Format: date-time
       * @description When the log recorded it.
       * @example 2026-11-23T12:00:00.000Z
       */
      recordedAt: string;
      /**
       * @description Its type.
       * @example RequestIssued
       */
      type: components['schemas']['EventType'];
      /** @description Whether its leaf is under a checkpoint that a quorum of witnesses has cosigned; until then it is unverified. */
      verified: boolean;
    };
    TimelineResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The oldest first. */
      rows: components['schemas']['TimelineEntryResponse'][];
    };
    ToldDisclosureResponse: {
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
       * @description Who ordered it.
       * @example gr-police
       */
      by: string;
      /**
       * @description Which parts of it.
       * @example [
       *       "facts"
       *     ]
       */
      compartments: components['schemas']['Grantable'][];
      /** @description Whether an emergency was invoked. */
      emergency: boolean;
      /**
       * Format: uuid
       * @description The event of this agency’s own.
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
       * @example COURT_ORDER
       */
      ground?: components['schemas']['DisclosureGround'];
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
      /** @description What oversight thinks of it. */
      review?: components['schemas']['DisclosureReviewResponse'];
      /**
       * Format: date-time
       * @description When it ends by itself, in the log’s time.
       * @example 2026-11-23T12:00:00.000Z
       */
      until: string;
    };
    ToldDisclosuresResponse: {
      /** @description The cursor of the next page; absent on the last one. */
      next?: string;
      /** @description The newest first. */
      rows: components['schemas']['ToldDisclosureResponse'][];
    };
    TranscriptBody: {
      /** @description What a search found. */
      about: components['schemas']['TranscriptSubject'][];
    };
    TranscriptEntry: {
      /**
       * @description The compartments of it that this agency could open and has not forgotten.
       * @example [
       *       "core"
       *     ]
       */
      compartments: components['schemas']['Compartment'][];
      /** @description That it is forgotten, where it is. */
      erased?: components['schemas']['TranscriptErasure'];
      /**
       * Format: uuid
       * @description The event.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * Format: uuid
       * @description Its exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * @description What the hub knows of its type.
       * @example request
       */
      family: components['schemas']['Family'];
      /** @description To whom it was handed on since, or is to be: by this agency, which said it, or upon its asking. */
      granted: components['schemas']['TranscriptGrant'][];
      /**
       * @description Who said it.
       * @example gr-police
       */
      issuer: string;
      /**
       * Format: uuid
       * @description Its item.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /**
       * @description Its leaf in the log.
       * @example 42
       */
      leaf: string;
      /**
       * Format: date-time
       * @description When the log recorded it.
       * @example 2026-11-23T12:00:00.000Z
       */
      recordedAt: string;
      /**
       * @description To whom. Of what this agency said, everybody to whom it was delivered; of what it was told, itself: others are not for it to know.
       * @example [
       *       "bg-border-police"
       *     ]
       */
      to: string[];
      /**
       * @description Its type.
       * @example RequestIssued
       */
      type: components['schemas']['EventType'];
      /** @description Whether that leaf is under a checkpoint that a quorum has cosigned. */
      verified: boolean;
    };
    TranscriptErasure: {
      /**
       * Format: date-time
       * @description When everybody had said that it is gone.
       * @example 2026-11-23T12:00:00.000Z
       */
      completedAt?: string;
      /**
       * @description Why.
       * @example DATA_SUBJECT_RIGHT
       */
      ground: components['schemas']['ForgottenBecause'];
      /**
       * Format: date-time
       * @description Since when.
       * @example 2026-11-23T12:00:00.000Z
       */
      orderedAt: string;
    };
    TranscriptGrant: {
      /**
       * @description To whom.
       * @example gr-police
       */
      agency: string;
      /**
       * @description What of it.
       * @example [
       *       "core"
       *     ]
       */
      compartments: components['schemas']['Compartment'][];
      /**
       * Format: date-time
       * @description When it said that its copy is gone.
       * @example 2026-11-23T12:00:00.000Z
       */
      purgedAt?: string;
      /**
       * @description How that stands.
       * @example GRANTED
       */
      status: string;
      /**
       * Format: date-time
       * @description Until when.
       * @example 2026-11-23T12:00:00.000Z
       */
      until?: string;
    };
    TranscriptRead: {
      /**
       * Format: date-time
       * @description When.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * Format: uuid
       * @description The exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange?: string;
      /**
       * @description What was asked for.
       * @example [
       *       "item"
       *     ]
       */
      fields: string[];
      /**
       * @description Hash of the row, officer and all: the leaf of the tree of reads.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      hash: string;
      /**
       * Format: uuid
       * @description The item; all of the exchange at once when it is left out.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
      /** @description The provision that it rests on. */
      legalBasis?: string;
      /**
       * @description Its number in the record of reads.
       * @example 42
       */
      number: string;
      /**
       * @description The audit path (RFC 6962 §2.1.1) from it to the root, hashes one behind the other; absent where the root does not cover it yet.
       * @example
       */
      path?: string;
      /**
       * @description What for: a code.
       * @example INVESTIGATION
       */
      purpose: string;
      /**
       * @description What whoever read is at this agency: the roles of today, and no name.
       * @example [
       *       "INVESTIGATOR"
       *     ]
       */
      roles: string[];
    };
    TranscriptResponse: {
      /** @description Of what. */
      about: components['schemas']['TranscriptSubject'][];
      /**
       * @description Whose transcript it is.
       * @example gr-police
       */
      agency: string;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /** @description Every read that the record holds of it, in order; that of this transcript follows. */
      reads: components['schemas']['TranscriptRead'][];
      /** @description Under what the rows stand; absent before there is a root. */
      root?: components['schemas']['TranscriptRoot'];
      /** @description In the order of the log. */
      said: components['schemas']['TranscriptEntry'][];
      /**
       * @description How many searches over everything the record holds. They show names, and which is in no record.
       * @example 42
       */
      searches: string;
    };
    TranscriptRoot: {
      /**
       * Format: date-time
       * @description When.
       * @example 2026-11-23T12:00:00.000Z
       */
      at: string;
      /**
       * Format: uuid
       * @description The event that published it.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      event: string;
      /**
       * @description The root.
       * @example 0000000000000000000000000000000000000000000000000000000000000000
       */
      root: string;
      /**
       * @description How many reads it covers.
       * @example 42
       */
      size: string;
    };
    TranscriptSubject: {
      /**
       * Format: uuid
       * @description The exchange.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      exchange: string;
      /**
       * Format: uuid
       * @description The item; everything in the exchange when it is left out.
       * @example 8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21
       */
      item?: string;
    };
    /**
     * @description How soon an answer is needed.
     * @enum {string}
     */
    Urgency: 'ROUTINE' | 'URGENT';
    VehicleBody: {
      /**
       * @description Colour.
       * @example white
       */
      colour?: string;
      /**
       * @description Country of registration.
       * @example GR
       */
      country?: components['schemas']['Country'];
      /**
       * @description Always `vehicle`. (enum property replaced by openapi-typescript)
       * @enum {string}
       */
      kind: 'vehicle';
      /** @description Make. */
      make?: string;
      /** @description Model. */
      model?: string;
      /**
       * @description As on the vehicle.
       * @example ABC 1234
       */
      plate?: string;
      /**
       * @description State.
       * @example STOLEN
       */
      state?: components['schemas']['VehicleState'];
      /**
       * @description Type.
       * @example VAN
       */
      type?: components['schemas']['VehicleType'];
      /**
       * @description Vehicle identification number (ISO 3779).
       * @example 1M8GDM9AXKP042788
       */
      vin?: string;
    };
    /**
     * @description Always `vehicle`.
     * @enum {string}
     */
    VehicleKind: 'vehicle';
    /**
     * @description State.
     * @enum {string}
     */
    VehicleState: 'STOLEN' | 'RECOVERED';
    /**
     * @description Type.
     * @enum {string}
     */
    VehicleType:
      | 'CAR'
      | 'BUS'
      | 'VAN'
      | 'TRUCK'
      | 'TRAILER'
      | 'MOTORCYCLE'
      | 'BOAT'
      | 'CARAVAN'
      | 'TAXI'
      | 'TRACTOR'
      | 'OTHER';
    WelfareBody: {
      /**
       * @description Services given.
       * @example [
       *       "SHELTER"
       *     ]
       */
      services?: components['schemas']['Service'][];
      /** @description How it is going. */
      text: string;
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
  traffic_agencies: {
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
          'application/json': components['schemas']['AgenciesResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  audience_ofContribution: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ShareContributionBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudiencePreviewResponse'];
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
  audience_ofReferral: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IssueReferralBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudiencePreviewResponse'];
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
  audience_ofFeedback: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReferralFeedbackBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudiencePreviewResponse'];
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
  audience_ofImpossibility: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeclineReferralBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudiencePreviewResponse'];
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
  audience_ofRejection: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeclineReferralBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudiencePreviewResponse'];
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
  audience_ofRequest: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IssueRequestBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudiencePreviewResponse'];
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
  audience_ofAnswer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AnswerRequestBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudiencePreviewResponse'];
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
  contributions_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those issued by this agency. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those on which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those that stand like this. */
        status?: components['schemas']['ContributionStatus'];
        /** @description Only those addressed to this agency. */
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
          'application/json': components['schemas']['ContributionsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  contributions_share: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ShareContributionBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  contributions_one: {
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
          'application/json': components['schemas']['ContributionResponse'];
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
  contributions_acknowledge: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  contributions_content: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  contributions_evaluate: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EvaluateContributionBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  contributions_revise: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EvaluateContributionBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those issued by this agency. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those on which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those that stand like this. */
        status?: components['schemas']['DisclosureStatus'];
        /** @description Only those addressed to this agency. */
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
          'application/json': components['schemas']['DisclosuresResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_order: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OrderDisclosureBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_one: {
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
          'application/json': components['schemas']['DisclosureResponse'];
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
  disclosures_decline: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_release: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_review: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReviewDisclosureBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_drill: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  disclosures_told: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description At most so many rows; 50 unless told. */
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
          'application/json': components['schemas']['ToldDisclosuresResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  erasures_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description At most so many rows; 50 unless told. */
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
          'application/json': components['schemas']['ErasuresResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  erasures_order: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OrderErasureBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
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
          'application/json': components['schemas']['ErasureResponse'];
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
  events_follow: {
    parameters: {
      query?: never;
      header?: {
        /** @description The `id` of the last event that was seen; from now on when it is left out. */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-sent events, named by the kind of what changed. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      429: components['responses']['TooManyStreams'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  events_content: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
      path: {
        /** @description The event. */
        event: string;
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
          'application/json': components['schemas']['EventContentResponse'];
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
  events_deliveries: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The event. */
        event: string;
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
          'application/json': components['schemas']['DeliveryProofResponse'];
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
  events_proof: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The event. */
        event: string;
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
          'application/json': components['schemas']['EventProofResponse'];
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
  evidence_build: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BuildEvidenceBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/zip': string;
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
  exchanges_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those in which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those in which this agency is known to take part. */
        with?: string;
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
          'application/json': components['schemas']['ExchangesResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  exchanges_one: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The exchange. */
        exchange: string;
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
          'application/json': components['schemas']['ExchangeResponse'];
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
  exchanges_content: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
      };
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
      path: {
        /** @description The exchange. */
        exchange: string;
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  exchanges_entities: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those of this item. */
        item?: string;
        /** @description Only those of this kind. */
        kind?: components['schemas']['EntityKind'];
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
      };
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
      path: {
        /** @description The exchange. */
        exchange: string;
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
          'application/json': components['schemas']['EntitiesResponse'];
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
  exchanges_timeline: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The exchange. */
        exchange: string;
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
          'application/json': components['schemas']['TimelineResponse'];
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
  traffic_findings: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description At most so many rows; 50 unless told. */
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
          'application/json': components['schemas']['FindingsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
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
  holds_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those issued by this agency. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those on which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those that stand like this. */
        status?: components['schemas']['HoldStatus'];
        /** @description Only those addressed to this agency. */
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
          'application/json': components['schemas']['HoldsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  holds_place: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlaceHoldBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  holds_one: {
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
          'application/json': components['schemas']['HoldResponse'];
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
  holds_content: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  holds_kept: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  holds_lift: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  keys_keys: {
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
          'application/json': components['schemas']['KeysResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  officers_list: {
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
          'application/json': components['schemas']['OfficersResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  officers_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateOfficerBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OfficerResponse'];
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
  officers_close: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The officer. */
        officer: string;
      };
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
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  officers_changeRoles: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The officer. */
        officer: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeRolesBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OfficerResponse'];
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
  officers_unlock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The officer. */
        officer: string;
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
          'application/json': components['schemas']['OfficerResponse'];
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
  orders_disclosure: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ImposeDisclosureBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  orders_erasure: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ImposeErasureBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
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
  proposals_list: {
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
          'application/json': components['schemas']['ProposalsResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  proposals_confirm: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The proposal. */
        proposal: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
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
  proposals_reject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The proposal. */
        proposal: string;
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
          'application/json': components['schemas']['ProposalResponse'];
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
  reads_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description At most so many rows; 50 unless told. */
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
          'application/json': components['schemas']['ReadsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  reads_root: {
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
          'application/json': components['schemas']['ReadsRootResponse'];
        };
      };
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  reads_shown: {
    parameters: {
      query: {
        /** @description The first row; 0 unless told. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description The size of the tree whose root was published. */
        size: string;
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
          'application/json': components['schemas']['ShownReads'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  recalls_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those issued by this agency. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those on which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those that stand like this. */
        status?: components['schemas']['RecallStatus'];
        /** @description Only those addressed to this agency. */
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
          'application/json': components['schemas']['RecallsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  recalls_issue: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IssueRecallBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  recalls_one: {
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
          'application/json': components['schemas']['RecallResponse'];
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
  recalls_content: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  referrals_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those issued by this agency. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those on which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those that stand like this. */
        status?: components['schemas']['ReferralStatus'];
        /** @description Only those addressed to this agency. */
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
          'application/json': components['schemas']['ReferralsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  referrals_issue: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IssueReferralBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  referrals_one: {
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
          'application/json': components['schemas']['ReferralResponse'];
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
  referrals_accept: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  referrals_complete: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  referrals_content: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  referrals_feedback: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReferralFeedbackBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  referrals_notPossible: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeclineReferralBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  referrals_reject: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DeclineReferralBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  referrals_revoke: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RevokeReferralBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  releases_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those issued by this agency. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those on which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those that stand like this. */
        status?: components['schemas']['ReleaseStatus'];
        /** @description Only those addressed to this agency. */
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
          'application/json': components['schemas']['ReleasesResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  releases_request: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RequestReleaseBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  releases_one: {
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
          'application/json': components['schemas']['ReleaseResponse'];
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
  releases_content: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  releases_deny: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DenyReleaseBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  releases_grant: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['GrantReleaseBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  releases_revoke: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  releases_offer: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OfferReleaseBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_list: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those issued by this agency. */
        from?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those on which somebody still has to act, or nobody. */
        open?: boolean;
        /** @description Only those that are overdue, or that are not. */
        overdue?: boolean;
        /** @description Only those that stand like this. */
        status?: components['schemas']['RequestStatus'];
        /** @description Only those addressed to this agency. */
        to?: string;
        /** @description Only those of this urgency. */
        urgency?: components['schemas']['Urgency'];
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
          'application/json': components['schemas']['RequestsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_issue: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IssueRequestBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      409: components['responses']['Conflict'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_one: {
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
          'application/json': components['schemas']['RequestResponse'];
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
  requests_accept: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_answer: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AnswerRequestBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_askClarification: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AskClarificationBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_clarify: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ClarifyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_close: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_content: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
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
          'application/json': components['schemas']['EventContentsResponse'];
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
  requests_notifyDelay: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NotifyDelayBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_refuse: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefuseRequestBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  requests_withdraw: {
    parameters: {
      query?: never;
      header: {
        /** @description Names this command; the same key again gets the first answer again. */
        'Idempotency-Key': string;
        /** @description The entity tag that the last read returned. */
        'If-Match': string;
      };
      path: {
        /** @description The item. */
        item: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmptyBody'];
      };
    };
    responses: {
      /** @description It was so already: nothing was sealed, and `already` says how the item stands. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      /** @description It is sealed and on its way. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubmittedResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      409: components['responses']['Conflict'];
      412: components['responses']['VersionMoved'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['MediaTypeUnsupported'];
      428: components['responses']['VersionRequired'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  events_search: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SearchBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SearchResponse'];
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
  traffic_submissions: {
    parameters: {
      query?: {
        /** @description The `next` of the page before, unchanged. */
        after?: string;
        /** @description Only those of this exchange. */
        exchange?: string;
        /** @description Only those of this item. */
        item?: string;
        /** @description At most so many rows; 50 unless told. */
        limit?: number;
        /** @description Only those that have come this far. */
        stage?: components['schemas']['SubmissionStage'];
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
          'application/json': components['schemas']['SubmissionsResponse'];
        };
      };
      400: components['responses']['MalformedOrInvalid'];
      401: components['responses']['NotSignedIn'];
      403: components['responses']['Forbidden'];
      500: components['responses']['InternalError'];
      503: components['responses']['Unavailable'];
    };
  };
  traffic_submission: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The event. */
        event: string;
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
          'application/json': components['schemas']['SubmissionResponse'];
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
  transcripts_of: {
    parameters: {
      query?: never;
      header: {
        /** @description The provision that the read rests on. */
        'Tripoint-Legal-Basis'?: string;
        /** @description Why the content is read. Recorded with the read. */
        'Tripoint-Purpose':
          | 'PREVENTION'
          | 'INVESTIGATION'
          | 'PROSECUTION'
          | 'BORDER_CONTROL'
          | 'CUSTOMS_CONTROL'
          | 'VICTIM_PROTECTION'
          | 'CHILD_PROTECTION'
          | 'SERVICE_PROVISION'
          | 'DATA_SUBJECT_REQUEST'
          | 'QUALITY_CONTROL'
          | 'OVERSIGHT';
        /** @description The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters. */
        'Tripoint-Purpose-Text'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TranscriptBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TranscriptResponse'];
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
}
