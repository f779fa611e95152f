import { HubError } from '@tripoint/kernel';
import kafkajs, { type AclEntry, type Admin } from 'kafkajs';

import { isOurs, sameRule } from './principals.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

const found = async (admin: Admin, filter: Partial<AclEntry>): Promise<readonly AclEntry[]> => {
  const { resources } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
    ...filter,
  });
  return resources.flatMap(({ acls, ...resource }) =>
    acls.map((acl) => ({
      ...acl,
      resourceType: resource.resourceType,
      resourceName: resource.resourceName,
      resourcePatternType: resource.resourcePatternType,
    })),
  );
};

const rulesOf = async (admin: Admin, principals: readonly string[]): Promise<readonly AclEntry[]> =>
  (await Promise.all(principals.map((principal) => found(admin, { principal })))).flat();

/** Takes these rules away; those that are not there are no fault. */
export const takeRules = async (admin: Admin, rules: readonly AclEntry[]): Promise<void> => {
  if (rules.length > 0) await admin.deleteAcls({ filters: [...rules] });
};

/** Takes from `principals` every rule that they have, whoever made it. */
export const takeRulesOf = async (admin: Admin, principals: readonly string[]): Promise<void> => {
  await takeRules(admin, await rulesOf(admin, principals));
};

/**
 * Gives `principals` the rules in `wanted`, takes every rule from them that is not of this kind, and sees that nobody else has
 * any about `topics`.
 * @throws {HubError} `bus-unguarded`, when a rule of somebody else's opens one of the topics
 */
export const ensureRules = async (
  admin: Admin,
  wanted: readonly AclEntry[],
  {
    principals,
    topics,
  }: { readonly principals: readonly string[]; readonly topics: readonly string[] },
): Promise<void> => {
  for (const topic of topics) {
    const matching = await found(admin, {
      resourceType: AclResourceTypes.TOPIC,
      resourceName: topic,
      resourcePatternType: ResourcePatternTypes.MATCH,
    });
    const strange = matching.find(
      (rule) =>
        rule.permissionType === AclPermissionTypes.ALLOW &&
        !principals.includes(rule.principal) &&
        !isOurs(rule),
    );
    if (strange !== undefined)
      throw new HubError(
        'bus-unguarded',
        `a rule of \`${strange.principal}\` opens \`${topic}\`: take it away first`,
        false,
      );
  }
  const present = await rulesOf(admin, principals);
  await takeRules(
    admin,
    present.filter((rule) => !isOurs(rule)),
  );
  const missing = wanted.filter((rule) => !present.some((other) => sameRule(other, rule)));
  if (missing.length > 0) await admin.createAcls({ acl: missing });
};
