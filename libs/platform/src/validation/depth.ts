/**
 * Whether JSON nests deeper than `most` levels. The value comes from a parsed body, which may hold a
 * hundred thousand levels in 256 KiB; what walks it afterwards recurses, so this does not.
 */
export const nestsDeeperThan = (value: unknown, most: number): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const member of level)
      if (typeof member === 'object' && member !== null) {
        if (depth === most) return true;
        // Not spread into one call: an array of a hundred thousand members is too many arguments.
        for (const child of Object.values(member)) next.push(child);
      }
    level = next;
  }
  return false;
};
