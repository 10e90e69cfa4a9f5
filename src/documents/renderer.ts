import { programIn, Workshop } from '#apart';

/** Makes a PDF of a template and data. Typst is one way of doing it. */
export interface Renderer {
  /**
   * @throws Error without any of the data in it when the template does not compile
   * @throws BusyError when too many papers are asked for at once
   */
  render(template: string, data: object): Promise<Buffer>;
}

/** A paper to be set apart from the office. */
export interface PaperJob {
  template: string;
  data: object;
}

/** Without `pdf` it could not be set. */
export interface PaperOutcome {
  pdf?: Uint8Array;
}

/** Papers are set in a few hundredths of a second: whoever waits behind so many still has theirs at once. */
const LIMITS = { hands: 2, waiting: 100, milliseconds: 20_000 };

/** @returns a renderer that sets papers with Typst, in processes apart from this one; the first paper starts the first */
export function createTypst(): Renderer {
  const workshop = new Workshop<PaperJob, PaperOutcome>(programIn(import.meta.dirname, 'typeset'), LIMITS);
  return {
    async render(template, data) {
      const outcome = await workshop.do({ template, data });
      if (!outcome?.pdf) throw new Error(`documents: ${template} cannot be made`);
      return Buffer.from(outcome.pdf);
    },
  };
}
