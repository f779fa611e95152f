/**
 * The rules that Tripoint ships with, in Cedar. Each has an `@id` and, in `@because`, the reason that people are
 * shown; the order is the order in which reasons are given. Permits say who may be given a compartment, forbids
 * say why somebody may not after all, and a forbid always wins.
 */
export const firstRules = `
// Who may.

@id("originator-keeps-its-own")
@because("an agency keeps what it said itself")
permit (principal, action == Action::"receive", resource)
when { context.sameAgency };

@id("participant-follows-the-item")
@because("whoever takes part in an exchange follows what its items are and where they stand")
permit (principal, action == Action::"receive", resource == Compartment::"core")
when { context.relation.participant && resource.kinds.contains(principal.kind) };

@id("admitted-kind-is-given-the-compartment")
@because("the owner admitted the agency to the compartment, and its kind may hold it")
permit (principal, action == Action::"receive", resource)
when
{
  context.relation.participant &&
  context.relation.admitted &&
  resource.kinds.contains(principal.kind)
};

@id("provider-hands-on-what-it-said")
@because("its provider hands it to one more agency, for a time")
permit (principal, action == Action::"receive", resource)
when { context has grant && resource.kinds.contains(principal.kind) };

@id("grantee-is-told-of-its-grant")
@because("whoever is granted something is told what and until when")
permit (principal, action == Action::"receive", resource == Compartment::"core")
when { context has grantee && context.grantee && resource.kinds.contains(principal.kind) };

@id("grantee-answers-for-its-copy")
@because("whoever was granted something tells its provider what became of it")
permit (principal, action == Action::"receive", resource == Compartment::"core")
when
{
  context has scoped &&
  context.scoped &&
  context.family == Family::"receipt" &&
  resource.kinds.contains(principal.kind)
};

@id("custodian-keeps-a-share")
@because("the registry names it custodian of a share, which alone says nothing")
permit (principal, action == Action::"receive", resource)
when { context has custodian && context.custodian };

@id("order-names-who-is-told")
@because("what is in custody was ordered to be disclosed to it, for a time")
permit (principal, action == Action::"receive", resource)
when { context has order && resource.kinds.contains(principal.kind) };

@id("custodian-hands-over-its-share")
@because("its custodian hands its share to whom the order names")
permit (principal, action == Action::"receive", resource)
when { context has share };

// What is disclosed by custodians.

@id("order-is-by-oversight-or-in-an-emergency")
@because("only oversight orders a disclosure, or an agency for itself in an emergency")
forbid (principal, action == Action::"receive", resource)
when { context has order && !context.order.byOversight && !context.order.emergency };

@id("order-is-for-a-day-at-most")
@because("the time of the order is over, or is longer than a day")
forbid (principal, action == Action::"receive", resource)
when { context has order && !context.order.inTime };

@id("order-is-of-what-is-in-custody")
@because("no custodians have shares of its key, or the order does not name all that the same shares open")
forbid (principal, action == Action::"receive", resource)
when { context has order && !context.order.inCustody };

@id("order-is-of-something-new")
@because("the agency was given what the order names before")
forbid (principal, action == Action::"receive", resource)
when { context has order && context.order.held };

@id("share-is-its-custodians-own")
@because("a share is handed over by the custodian to whom it was entrusted")
forbid (principal, action == Action::"receive", resource)
when { context has share && !context.share.byCustodian };

@id("share-is-as-ordered")
@because("no order before it names it, or it was handed over already")
forbid (principal, action == Action::"receive", resource)
when { context has share && !context.share.asOrdered };

@id("share-is-in-time")
@because("the time of the order is over")
forbid (principal, action == Action::"receive", resource)
when { context has share && !context.share.inTime };

// What is handed on later.

@id("grant-is-by-the-provider")
@because("only who said it hands it on, in the exchange where it was said")
forbid (principal, action == Action::"receive", resource)
when { context has grant && !context.grant.byProvider };

@id("grant-is-in-time")
@because("the time for which it was granted is over")
forbid (principal, action == Action::"receive", resource)
when { context has grant && !context.grant.inTime };

@id("grant-is-what-was-decided")
@because("it is not what was decided before, or that was carried out already")
forbid (principal, action == Action::"receive", resource)
when { context has grant && !context.grant.asDecided };

@id("grant-is-of-something-new")
@because("the agency was given it before")
forbid (principal, action == Action::"receive", resource)
when { context has grant && context.grant.held };

@id("core-is-not-granted")
@because("what an item is and how it stands is for its participants")
forbid (principal, action == Action::"receive", resource == Compartment::"core")
when { context has grant };

// Restrictions that travel with information taken from others.

@id("handling-h2-needs-release")
@because("its provider has not permitted it to be passed on to the agency (H2)")
forbid (principal, action == Action::"receive", resource)
when { context.derivation.h2 };

@id("handling-h1-needs-release")
@because("its provider has not permitted it to be used in judicial proceedings (H1)")
forbid (principal, action == Action::"receive", resource == Compartment::"evidence")
when { context.derivation.h1 };

@id("onward-transfer-forbidden")
@because("its provider and the issuer agreed that nothing is passed on")
forbid (principal, action == Action::"receive", resource)
when { context.derivation.onward == Onward::"FORBIDDEN" };

@id("onward-transfer-needs-authorisation")
@because("its provider and the issuer agreed that nothing is passed on without authorisation")
forbid (principal, action == Action::"receive", resource)
when { context.derivation.onward == Onward::"WITH_AUTHORISATION" };

@id("derived-marking-is-the-strictest")
@because("what is taken from others keeps the strictest of their markings")
forbid (principal, action == Action::"receive", resource)
when { context.derivation.weakened }
unless { resource == Compartment::"core" };

@id("derivation-is-known")
@because("it is declared to be taken from something that is not known")
forbid (principal, action == Action::"receive", resource)
when { context.derivation.unknown };

// Participants only.

@id("issuer-takes-part")
@because("whoever does not take part in an exchange tells its participants nothing")
forbid (principal, action == Action::"receive", resource)
unless
{
  context.sameAgency ||
  context.relation.issuerParticipant ||
  (context has scoped && context.scoped && context.family == Family::"receipt")
};

@id("recipient-takes-part")
@because("the agency does not take part in the exchange")
forbid (principal, action == Action::"receive", resource)
unless
{
  context.sameAgency ||
  context.relation.participant ||
  context has grant ||
  (context has custodian && context.custodian) ||
  context has order ||
  context has share ||
  (context has grantee && context.grantee) ||
  (context has scoped && context.scoped && context.family == Family::"receipt")
};

@id("recipient-is-admitted-to-the-compartment")
@because("the owner did not admit the agency to the compartment")
forbid (principal, action == Action::"receive", resource)
unless
{
  context.sameAgency ||
  context.relation.admitted ||
  context has grant ||
  (context has custodian && context.custodian) ||
  context has order ||
  context has share ||
  resource == Compartment::"core"
};

// What an agency is.

@id("kind-may-hold-the-compartment")
@because("agencies of this kind never hold the compartment")
forbid (principal, action == Action::"receive", resource)
unless
{
  context.sameAgency ||
  (context has custodian && context.custodian) ||
  context has share ||
  resource.kinds.contains(principal.kind)
};

@id("clearance-covers-the-classification")
@because("the agency is not cleared for the classification")
forbid (principal, action == Action::"receive", resource)
when { principal.clearance.rank < context.classification.rank }
unless { context.sameAgency || (context has custodian && context.custodian) };

@id("classification-is-accredited")
@because("the network is not accredited for the classification")
forbid (principal, action == Action::"receive", resource)
unless { context.classification.accredited };

@id("recipient-is-active")
@because("the agency is suspended or has left")
forbid (principal, action == Action::"receive", resource)
unless { principal.active };

@id("issuer-is-active")
@because("the issuer is suspended or has left")
forbid (principal, action == Action::"receive", resource)
unless { context.issuer.active };

@id("oversight-receives-no-content")
@because("oversight sees decisions and metadata, not content")
forbid (principal, action == Action::"receive", resource)
when { principal.kind == Kind::"OVERSIGHT" }
unless { context.sameAgency };

@id("hub-receives-no-content")
@because("the hub carries content that it cannot read")
forbid (principal, action == Action::"receive", resource)
when { principal.kind == Kind::"HUB" };

@id("shelter-for-transport-needs-a-time-box")
@because("whoever drives learns the address of a shelter for the time of the journey only")
forbid (principal, action == Action::"receive", resource == Compartment::"shelter")
when { principal.kind == Kind::"TRANSPORT" }
unless { context.sameAgency || context has grant };

// What two agencies have agreed.

@id("pair-permits-transfer")
@because("the two agencies have not agreed that anything passes between them")
forbid (principal, action == Action::"receive", resource)
unless
{
  context.sameAgency ||
  (context has custodian && context.custodian) ||
  context has share ||
  (context.family == Family::"disclosure" && resource == Compartment::"core") ||
  context.pair.permitted
};

@id("pair-ceiling-covers-the-classification")
@because("the two agencies agreed on a lower classification")
forbid (principal, action == Action::"receive", resource)
when { context.pair.ceiling.rank < context.classification.rank }
unless
{
  context.sameAgency ||
  (context has custodian && context.custodian) ||
  context has share ||
  (context.family == Family::"disclosure" && resource == Compartment::"core")
};
`;
