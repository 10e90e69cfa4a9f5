/** Something wrong in a file, said so that its author can mend it. */
export interface Problem {
  file: string;
  /** 1-based */
  line: number;
  message: string;
}

/** A step into a parsed document: property name or list index. */
export type SourcePath = readonly (string | number)[];
