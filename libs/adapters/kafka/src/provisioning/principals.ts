import { type AgencyId, isAgencyId } from '@tripoint/kernel';
import kafkajs, { type AclEntry } from 'kafkajs';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

/** The hub's principal. No agency can be called so: their names begin otherwise. */
export const HUB_PRINCIPAL = 'hub';
export const agencyPrincipal = (agency: AgencyId): string => `agency.${agency}`;

export const submissionsTopicOf = (agency: AgencyId): string => `submissions.${agency}`;
export const mailboxTopicOf = (agency: AgencyId): string => `mailbox.${agency}`;

const allow = (username: string) => ({
  principal: `User:${username}`,
  host: '*',
  permissionType: AclPermissionTypes.ALLOW,
});

const mayWrite = (username: string, topic: string): AclEntry => ({
  ...allow(username),
  resourceType: AclResourceTypes.TOPIC,
  resourceName: topic,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  operation: AclOperationTypes.WRITE,
});

/** Reading takes the topic, and groups to read it as: all that begin with its name and a dot, which no agency's name has. */
const mayRead = (username: string, topic: string): readonly AclEntry[] => [
  {
    ...allow(username),
    resourceType: AclResourceTypes.TOPIC,
    resourceName: topic,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    operation: AclOperationTypes.READ,
  },
  {
    ...allow(username),
    resourceType: AclResourceTypes.GROUP,
    resourceName: `${topic}.`,
    resourcePatternType: ResourcePatternTypes.PREFIXED,
    operation: AclOperationTypes.READ,
  },
];

/** All that may be done with one agency's two topics, and by whom: an agency writes here and reads there, the hub the reverse. */
export const rulesFor = (agency: AgencyId): readonly AclEntry[] => {
  const [submissions, mailbox] = [submissionsTopicOf(agency), mailboxTopicOf(agency)];
  return [
    mayWrite(agencyPrincipal(agency), submissions),
    ...mayRead(agencyPrincipal(agency), mailbox),
    ...mayRead(HUB_PRINCIPAL, submissions),
    mayWrite(HUB_PRINCIPAL, mailbox),
  ];
};

/** Whether a rule is one that {@link rulesFor} makes, for whatever agency. */
export const isOurs = (rule: AclEntry): boolean => {
  const [, agency] = /^(?:submissions|mailbox)\.([^.]+)\.?$/.exec(rule.resourceName) ?? [];
  return isAgencyId(agency) && rulesFor(agency).some((ours) => sameRule(ours, rule));
};

export const sameRule = (a: AclEntry, b: AclEntry): boolean =>
  a.resourceType === b.resourceType &&
  a.resourceName === b.resourceName &&
  a.resourcePatternType === b.resourcePatternType &&
  a.principal === b.principal &&
  a.host === b.host &&
  a.operation === b.operation &&
  a.permissionType === b.permissionType;
