import type { Problem, Source, SourcePath } from '#source';

/** Collects what is wrong, at the place where it stands. */
export class Report {
  readonly problems: Problem[] = [];

  /**
   * @param source the file it stands in
   * @param path where in the file
   * @param message what is wrong and what to do
   */
  add(source: Source<unknown>, path: SourcePath, message: string): void {
    this.problems.push({ ...source.spotOf(path), message });
  }

  /** Something about a file as a whole, or one that is not there. */
  addFile(file: string, message: string): void {
    this.problems.push({ file, line: 1, message });
  }

  /** Names every value that came before under the same key. */
  duplicates(
    source: Source<unknown>,
    what: string,
    entries: readonly { id: string; path: SourcePath }[],
  ): void {
    const seen = new Set<string>();
    for (const { id, path } of entries) {
      if (seen.has(id))
        this.add(source, [...path, 'id'], `duplicate id: there is another ${what} \`${id}\`; rename one`);
      seen.add(id);
    }
  }
}
