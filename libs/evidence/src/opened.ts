import { EvidenceFault } from './fault.js';

/** The files of a bundle, of which every one has to be looked at. */
export class Opened {
  readonly #taken = new Set<string>();

  constructor(private readonly files: ReadonlyMap<string, Uint8Array>) {}

  take(name: string): Uint8Array | EvidenceFault {
    return this.takeIfThere(name) ?? new EvidenceFault(name, 'file-missing', 'it is not there');
  }

  takeIfThere(name: string): Uint8Array | undefined {
    this.#taken.add(name);
    return this.files.get(name);
  }

  /** Folders right below one, in their order. */
  folders(parent: string): readonly string[] {
    const found = new Set<string>();
    for (const name of this.files.keys()) {
      const [first, second, third] = name.split('/');
      if (first === parent && second !== undefined && third !== undefined)
        found.add(`${first}/${second}`);
    }
    return [...found];
  }

  /** What stands before `ending` in the names of a folder's files. */
  named(folder: string, ending: string): readonly string[] {
    return [...this.files.keys()]
      .filter((name) => name.startsWith(`${folder}/`) && name.endsWith(ending))
      .map((name) => name.slice(folder.length + 1, -ending.length));
  }

  /** A file that nothing in the bundle needs. */
  leftOver(): EvidenceFault | undefined {
    const name = [...this.files.keys()].find((one) => !this.#taken.has(one));
    return name === undefined
      ? undefined
      : new EvidenceFault(name, 'file-unexpected', 'nothing in the bundle needs it');
  }
}
