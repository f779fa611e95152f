import { Injectable } from '@nestjs/common';
import { type Registry, RegistryCopy } from '@tripoint/federation';
import { type AgencyId, HubError, isRefusal } from '@tripoint/kernel';
import { type AgencyAttributes, loadBundle, NeedToKnow } from '@tripoint/policy';
import { AgencyOptions } from '../agency.options.js';

/** Who is who and which rules hold, as far as this agency's mailbox has told. */
export type FederationNow = { readonly registry: Registry; readonly rules: NeedToKnow };

/** This process's copy of the registry, caught up from the database whenever it is asked for. */
@Injectable()
export class RegisteredFederation {
  #copy: RegistryCopy | undefined;
  #rules: NeedToKnow | undefined;
  /** Two commands must not both fold the same statement into the one copy. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly agency: AgencyOptions) {}

  /** @throws {HubError} `registry-unknown`, retriable, until the first delivery from the hub has been taken */
  now(): Promise<FederationNow> {
    const mine = this.#turn.then(() => this.#catchUp());
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #catchUp(): Promise<FederationNow> {
    const { anchor, openpgp, views } = this.agency;
    const copy = (this.#copy ??= await RegistryCopy.begin(openpgp, anchor));
    await copy.catchUp((after, limit) => views.registry(after, limit));
    const registry = copy.latest;
    const bundle = registry.policyBundle();
    if (bundle === undefined)
      throw new HubError('registry-unknown', 'the hub has not delivered the registry yet', true);
    if (this.#rules?.bundle.digest !== bundle.digest) {
      const loaded = loadBundle(bundle.bytes);
      if (isRefusal(loaded)) throw new HubError(loaded.refused, loaded.detail, false);
      this.#rules = new NeedToKnow(loaded);
    }
    return { registry, rules: this.#rules };
  }
}

/** What the rules may know of an agency. */
export const attributesOf = (registry: Registry, id: AgencyId): AgencyAttributes | undefined => {
  const agency = registry.agency(id);
  if (agency === undefined) return undefined;
  const { kind, state, clearance, suspended } = agency;
  return { id, kind, state, clearance, active: !suspended };
};
